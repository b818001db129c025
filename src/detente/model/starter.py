"""The starter file of ``detente new``: a small case that solves, and teaches the format."""

from __future__ import annotations

from detente.model.roundtrip import CaseText

__all__ = ["starter"]

_TITLE = "Water for money"


def starter(title: str = _TITLE) -> str:
    """Return the text of a commented case file, ready to be changed.

    Args:
        title: title of the case.

    Raises:
        CaseError: if the title has control characters.
    """
    return CaseText.from_text(_TEXT).set_title(title).text


_TEXT = f"""\
# A case file of Détente. It works as it stands: check it, solve it, then make it your own.
#
#     detente check FILE      is everything in order?
#     detente solve FILE      which states are stable, and for whom?
#     detente why FILE 00     why does nobody leave state 00?
#
# The file is YAML: indent with spaces, and write one thing a line or several in {{braces}} and
# [brackets]. After a # stands a comment. A # with no space behind it hides a line that you may
# want: remove that one # to use it.

detente: 1                      # version of the file format; always the first thing needed
title: {_TITLE}
about: >-
  Two neighbours share a river. The one upstream can let water through its dam; the one downstream
  can pay for it. Nobody wants to go first. (An invented example: replace it.)
#as_of: "2024-06"

# The parties: everyone who decides something. Each has a short id, which statements use, and may
# have a name for people. An id is a letter, then letters, digits, _ or -.
parties:
  upstream:
    name: Upstream country
    # What the party controls, and nobody else. Every option has levels, in order; the first one
    # means "not done". Without `levels` they are no and yes.
    options:
      release:
        name: Release water
        levels: [none, half, full]
        # Which level changes it can make alone: both (any; also if left out), forward (only up the
        # list: it cannot be undone), back, or a list such as [[none, half], [half, full]].
        moves: both
        #issue: water
        #evidence: [s1, s2]        # ids of the statements in your sources that say so
    # What it wants, in one of three ways. First way: priorities, statements about a state, the most
    # important first. A later one only decides between states that the earlier ones leave level.
    preferences:
      priorities:
        - not release if not pay    # no water for free: "A if B" is "A, or not B"
        - pay                       # an option alone means "not at its first level"
        - release < full            # compare levels with =  !=  <  <=  >  >=
        - release = none            # join with and, or, not, if, iff, and parentheses

  downstream:
    name: Downstream country
    options:
      pay: {{name: Pay for water}}
    # Second way: a ranking of all states that can happen, best first, equally good ones in
    # brackets. A state's code has one digit for each option, in the order of this file: here
    # release, then pay. 0 is the first level, so "20" is: all the water, no payment.
    preferences:
      ranking: ["10", "21", ["11", "00"], "01"]

  # Third way: weights, a number for each statement. The best state has the greatest sum over the
  # statements that are true in it. A party may also have no preferences: then it does not care.
  #mediator:
    #name: River commission
    #outside: true                # it is not at the table
    #constituent_of: upstream     # the party for which it must ratify an agreement
    #preferences:
      #weights: {{pay: 1, release >= half: 2.5}}

# Where things stand now. Options that are not named are at their first level.
status_quo: {{release: none, pay: no}}

# What cannot happen: statements, or patterns of codes with - for "any level" ("2-" says: a full
# release, whether paid for or not).
infeasible:
  - release = full and not pay    # nobody believes in all the water for nothing

# Names for states, so that tables can speak in words.
#states:
  #waiting: {{release: none, pay: no}}
  #deal: {{release: full, pay: yes}}

# How one party sees another's preferences, where it may be wrong.
#perceptions:
  #upstream:
    #downstream: {{priorities: [release, not pay]}}

# A model that is not made of options lists its states and the moves between them instead: see
# "graph form" in the reference of the case file.
"""
