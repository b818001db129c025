"""Closed word lists that tell persons, offices, organs and groups apart."""

from __future__ import annotations

__all__ = """BODY_WORDS COUNTRY_NOUNS GROUP_NOUNS HONORIFICS KIND_OF_NOUN MOVEMENT_NOUNS OFFICES
    ORGANS ORG_WORDS PAIR_NOUNS PLACE_PREPOSITIONS""".split()

OFFICES = frozenset(
    """president prime minister premier chancellor secretary spokesman spokeswoman spokesperson
    envoy ambassador negotiator negotiators general commander leader chief king queen sultan
    emir prince crown delegate delegates representative representatives official officials
    diplomat diplomats lawmaker lawmakers governor mayor senator minister ministers foreign
    defense defence interior deputy vice chairman chairwoman chair director head adviser
    advisor aide aides secretary-general co-founder founder colonel captain admiral brigadier
    marshal mullah sheikh ayatollah imam bishop archbishop cardinal pope coordinator mediator
    commissioner speaker attorney ombudsman mp deputy-prime counsel lawyer organizer organiser
    strongman ruler warlord politician officer press permanent special chief
    spokespeople commissioner-general""".split()
)
"""Words for people who speak or act for a party."""

HONORIFICS = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. sir lady lord dame miss madam gen. gen sen. sen rep. gov.
    lt. col. maj. capt. adm. prof. prof professor father sister rev. amb. general president
    senator ambassador minister secretary chancellor mullah sheikh colonel premier king queen
    prince commander captain brigadier ayatollah bishop archbishop governor mayor spokesman
    spokeswoman spokesperson envoy leader chief marshal admiral""".split()
)

ORGANS = frozenset(
    """government administration regime authorities ministry army military forces troops
    delegation side team negotiators officials leadership leaders leader cabinet parliament
    presidency state foreign-ministry officials diplomats representatives soldiers police
    security navy air-force court junta council coalition side's capital embassy mission
    commanders generals politburo president minister premier king premier negotiator envoy
    spokesman spokeswoman spokesperson ambassador chancellor official diplomat senate congress
    legislature lawmakers assembly fighters forces movement group party rebels militia
    militants insurgents guerrillas rulers republic kingdom federation nation country
    delegates chief commander warplanes jets position intelligence diplomacy""".split()
)
"""Nouns that, after the name of a party, still mean that party."""

PEOPLES = frozenset(
    """people civilians citizens refugees politicians opposition protesters rebels militia
    insurgents separatists farmers workers students journalists voters residents families
    businesses companies villagers tribes tribesmen elders women children prisoners hostages
    detainees exiles diaspora figures parties factions groups leaders allies union unions
    guerrillas militants dissidents clerics minority majority community settlers gangs""".split()
)
"""Nouns that, after a demonym, mean somebody other than the state."""

GROUP_NOUNS = frozenset(
    """rebels insurgents separatists militants guerrillas opposition government army military
    junta militia militias union unions workers employers management company mediators
    mediator protesters students farmers teachers nurses doctors pilots miners drivers
    coalition alliance parliament settlers paramilitaries fighters demonstrators strikers
    activists gang gangs ministry monarchy presidency regime cabinet authorities council
    delegation negotiators dissidents exiles elders clans tribes faction factions donors
    allies guarantors neighbours neighbors board owners shareholders tenants landlords
    islanders mainland residents federation republic kingdom islands province region territory
    commission secretariat party bloc troika envoys shopkeepers fishermen truckers dockers
    railwaymen players league club unionists nationalists loyalists royalists monarchists
    mutineers officers villagers bank creditors lenders bondholders operator consortium
    university hospital""".split()
)
"""Common nouns that name a party by themselves: "the rebels", "the union"."""

MOVEMENT_NOUNS = frozenset(
    """group movement militia faction organization organisation front insurgency insurgents
    rebels militants guerrillas fighters separatists party alliance union groups outfit""".split()
)
COUNTRY_NOUNS = frozenset(
    """country government state nation republic kingdom capital regime ministry cabinet
    presidency authorities army military administration parliament""".split()
)
PAIR_NOUNS = frozenset(
    """sides parties countries governments neighbours neighbors nations rivals foes enemies
    delegations camps leaders states powers men adversaries""".split()
)

ORG_WORDS = frozenset(
    """front army movement party union council forces force ministry government alliance
    coalition league group federation commission committee congress agency authority
    organization organisation brigade brigades command guard guards resistance republic
    kingdom confederation assembly parliament bank association corporation company syndicate
    guild board court house islands state states emirate rebels liberation democratic national
    people's peoples' trust tribunal office department company railways airlines port hospital
    university club society institute network foundation secretariat delegation community
    forum""".split()
)
"""Words in a proper name that make it the name of a body, not of a person."""

PLACE_PREPOSITIONS = frozenset(
    ["in", "at", "near", "outside", "inside", "around", "throughout", "across"]
)

BODY_WORDS = frozenset(
    "movement party union league association federation alliance guild front farmers".split()
)
"""Last words of a body's name that a state's name only begins: "Zimbabwe Unity Movement"."""

KIND_OF_NOUN = {
    **dict.fromkeys("union guild unions strikers workers".split(), "union"),
    **dict.fromkeys("company management employers employer airline carmaker".split(), "group"),
    **dict.fromkeys(
        "rebels insurgents separatists guerrillas insurgency militants fighters movement".split(),
        "movement",
    ),
}
"""Nouns that mean the one party of a kind that a text names: "the guild"."""
