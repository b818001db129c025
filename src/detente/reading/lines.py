"""Label the lines of a text: which are the article, and which are residue of the web page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from detente.reading.repeats import find_repeats
from detente.reading.text import Document, Span, fold

__all__ = ["LABELS", "RESIDUE", "Line", "label_lines"]

LABELS = (
    "body",
    "kicker",
    "heading",
    "byline",
    "caption",
    "pull-quote",
    "read-more",
    "related",
    "newsletter",
    "advertisement",
    "comments",
)
"""Every label. All but ``body`` and ``heading`` are residue."""

RESIDUE = frozenset(LABELS) - {"body", "heading"}

_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        start: offset of its first character that is not a space.
        end: offset after its last character that is not a space.
        label: one of :data:`LABELS`.
        original: for a pull quote, the range that it repeats; otherwise ``None``.
    """

    start: int
    end: int
    label: str
    original: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        """Return the line's range."""
        return Span(self.start, self.end)

    @property
    def is_residue(self) -> bool:
        """Tell whether the line is no part of the running text."""
        return self.label in RESIDUE


_READ_MORE = re.compile(
    r"(?:[>»→*•\-–\[( ]*)(?:(?:read|see|watch|listen|view|learn|discover) (?:more|also|next|now|full|the full)\b"
    r"|(?:also|must|don't) (?:read|miss|see|watch)\b|more(?: on this| from| about|:| stories| coverage| news)\b"
    r"|related(?: (?:story|stories|article|articles|news|coverage|content|topics|posts|reading|links))?\b ?(?:[:|–-]|$)"
    r"|(?:explainer|analysis|opinion|watch|video|listen|podcast|timeline|fact ?check|live updates?|in pictures|read|profile|background|gallery|photos|interactive|see also|recommended) ?: ?\S"
    r"|(?:continue|keep) reading|full (?:story|coverage)|click here|further reading|recommended (?:for you|reading|stories)"
    r"|you (?:may|might) (?:also )?(?:like|be interested|enjoy)|most (?:read|popular|viewed)|trending(?: now)?$"
    r"|editor'?s'? (?:picks?|choice)|(?:what|here'?s what) (?:you need )?to (?:know|read)\b|top stories|up next|next article)"
)  # fmt: skip
_LIST_HEAD = re.compile(
    r"(?:related(?: (?:stories|articles|news|coverage|content|topics|posts|links|reading))?|more (?:from|on|in|stories|coverage|news)\b.*"
    r"|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|most (?:read|popular|viewed|shared)|recommended(?: for you| reading| stories)?"
    r"|editor'?s'? (?:picks?|choice)|trending(?: now)?|top stories|also (?:read|in the news)|read (?:more|also|next)|see also|further reading"
    r"|latest (?:news|stories)|in this section|keep reading|don't miss|what to read next|popular(?: stories)?) ?:?"
)  # fmt: skip
_NEWSLETTER = re.compile(
    r"\b(?:sign(?:ing)? up (?:for|to|now|here|today)|subscribe (?:to|now|for|today|here)|subscribe$|newsletters?\b.*\b(?:inbox|sign|get|free|daily|weekly|subscribe|register|morning)"
    r"|(?:our|the|free|daily|weekly) newsletter|(?:in|to) your inbox|follow us\b|join our\b|download (?:our|the) app|get (?:our|the) (?:best|latest|top|free|daily|weekly|morning|app)\b"
    r"|support (?:our|independent|quality) (?:journalism|work|reporting)|make a (?:donation|contribution)|become a (?:member|subscriber|supporter)"
    r"|enter your e-?mail|your e-?mail address|(?:already|not yet) a (?:subscriber|member)|create (?:a|your) (?:free )?account|log in to|register (?:now|for free)|unsubscribe|by signing up"
    r"|share this (?:article|story|post)|never miss a|get .{0,40} delivered|turn on notifications|push notifications)"
)  # fmt: skip
_ADVERT = re.compile(
    r"(?:[\[(–\-* ]*)(?:advertisements?|ad|ads|advert|adverts|sponsored(?: content| post)?|promoted(?: content)?|paid (?:content|post)|partner content"
    r"|(?:story|article|text|content) continues (?:below|after).*|scroll (?:down )?(?:to|for) (?:continue|more).*|(?:skip|close) (?:this )?ad(?:vertisement)?.*|sponsored by .*|ad feedback)(?:[\])–\-* .:]*)$"
)  # fmt: skip
_ADVERT_PITCH = re.compile(
    r"^(?:sponsored|promoted|advertisement|advertorial|paid post|ad) ?[:|–-]|\b(?:\d+ ?% off|book (?:now|your)|shop now|buy now|free shipping|limited[- ]time offer|special offer|order (?:now|today)|terms (?:and conditions )?apply)\b"
)  # fmt: skip
_COMMENTS = re.compile(
    r"(?:(?:view |show |read |see |load )?(?:all )?(?:the )?(?:\d[\d,.]* )?comments?(?: ?\(\d+\))?(?: closed| are closed| section| below)?|leave (?:a|your) (?:comment|reply).*|(?:join|start|have your say on) the (?:conversation|discussion).*|post a comment.*|add (?:a|your) comment.*|have your say.*|discussion ?\(?\d*\)?|be the first to comment.*|reader comments.*|what do you think\?.{0,40}comments?.*|\d+ (?:replies|responses|shares|likes|views))[:.!]?"
)  # fmt: skip
_BYLINE = re.compile(
    r"(?:(?:text |story |words |written |reported )?by:? (?-i:[A-ZÀ-Þ][\w.'’-]+)(?:(?:,? (?:and |& )?| |, )(?-i:[A-ZÀ-Þ][\w.'’-]*)|,| \|.*| in (?-i:[A-Z])\w+| (?:for|of|at) .{2,30}$| [–-] .{2,60}$| \S+@\S+)*"
    r"|(?:by|from) (?:our|a|an|the) (?:own |special |former |staff )?[^.;:?!]{2,70}"
    r"|(?:additional )?(?:reporting|writing|edited|editing|compiled|translated|photographs?|graphics?|with reporting|produced|written) (?:by|from) .{2,200}"
    r"|(?:published|updated|posted|last (?:updated|modified)|first published)\b:?.{0,80}|(?:author|writer|reporter|correspondent|staff writer|editor)s? ?: .{2,60}"
    r"|.{2,60}\b(?:is|are) (?:a |an |the )?(?:[\w'-]+ ){0,4}(?:correspondent|reporter|columnist|staff writer|editor|contributor|writer|fellow|professor|analyst|lecturer|researcher)\b.{0,160}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .{0,40}\d{4}.{0,30}|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}?,? ?(?:\d{1,2},? )?\d{4}.{0,50}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}.{0,50}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,40}|\d+ min(?:ute)?s? (?:read|ago).{0,20}"
    r"|\(?(?:reuters|ap|afp|associated press|xinhua|tass|dpa|anadolu)\)?|.{2,40} (?:correspondent|staff writer|staff reporter|bureau chief|reporter|political editor|diplomatic editor|foreign editor|special to .{3,40}|contributor|columnist)|(?:©|copyright).{0,100})[.]?",
    re.IGNORECASE,
)  # fmt: skip
_BYLINE_PROSE = re.compile(r"\b(?:said|says|told|will|would|must|met|want|wants)\b")
_CAPTION = re.compile(
    r"^(?:\[?\(?(?:file |ap |reuters |afp )?(?:photo|image|picture|photograph|caption|figure|fig|map|graphic|video|illustration|infographic|chart|credit|source)s?(?: \d+| caption| credit| by| courtesy.{0,30})?\)?\]? ?[:|–-] ?\S|(?:file|pool|handout|undated) (?:photo|image|picture|footage)\b|image (?:source|caption)|photo(?:graph)? by\b|(?:above|below|left|right|pictured|top|clockwise)\b ?[:,(])"
    r"|[\[(](?:[^\])]{0,80}\b(?:ap photo|file|photo|reuters|afp|getty(?: images)?|via ap|pool|epa|image|xinhua|handout|shutterstock|anadolu|file photo|wikimedia commons|ap|credit)\b[^\])]{0,80})[\])]\.?$"
    r"|\b(?:photo|photograph|picture|image|credit|photo credit)s? ?(?:by|:|/|courtesy) ?[^.]{2,60}\.?$|(?:getty images|/ ?(?:reuters|afp|ap|epa|getty)|(?:reuters|afp|ap photo|epa|getty) ?/ ?[\w .-]{2,40})\.?$"
    r"|\b(?:in this (?:file |undated |handout )?(?:photo|image|picture|photograph|grab|frame)|file (?:photo|picture|image)|is (?:seen|pictured|photographed)|are (?:seen|pictured|photographed)|pictured (?:in|at|on|here|with)|seen here)\b"
)  # fmt: skip
_KICKER_WORDS = re.compile(
    r"(?:news )?(?:analysis|opinions?|editorial|exclusive|breaking(?: news)?|interview|explainer|world(?: news)?|politics|comment(?:ary)?|perspective|feature|news|live|update|updated|special report|diplomacy|the big read|letter from .{2,20}|dispatch|africa|asia|europe|middle east|americas|international|business|security|conflict|focus|insight|briefing|q ?& ?a|in depth|developing story|long read|first person|the world|report|background|profile|fact check|op-ed|viewpoint|column|guest (?:essay|column)|top story|world briefing|peace process|south asia|latin america|foreign affairs)"
    r"(?: ?[|/·•>:–-] ?.{0,30})?[|:]?"
)  # fmt: skip
_TERMINAL = re.compile(r"[.!?…][\"')\]]*$")
_HEADING_VERB_END = re.compile(r"[,;]$")
_DIALOGUE = re.compile(r"^[\w .'’-]{1,40}: \S")
_CREDIT_LINE = re.compile(r"^\s*(?:[–-]{1,2} ?|~ ?)[\w.,'’ -]{2,80}$")


def label_lines(document: Document) -> tuple[Line, ...]:
    """Label every line that is not blank, in order.

    A pull quote repeats, exactly or nearly, a passage elsewhere in the text; it may begin or stop
    in mid-sentence, and may interrupt a sentence or a quotation. It is linked to that passage.
    """
    text = document.text
    lines = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        piece = match.group()
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            lines.append(Line(start, end, "body"))
    wrapped = _wrapped(text, lines)
    labelled = _by_form(text, lines, wrapped)
    return _by_repetition(text, labelled, wrapped)


def _wrapped(text: str, lines: list[Line]) -> set[int]:
    """Return indices of lines that go on from the line before, in hard-wrapped text."""
    found: set[int] = set()
    lengths = [line.end - line.start for line in lines]
    if not lengths or max(lengths) > 130 or sum(1 for n in lengths if n >= 45) < 3:
        return found  # one line is one paragraph
    for i in range(1, len(lines)):
        before, here = lines[i - 1], lines[i]
        gap = text[before.end : here.start]
        if gap.count("\n") > 1 or gap.count("\r") > 1:
            continue
        length = before.end - before.start
        if _TERMINAL.search(fold(text[max(before.start, before.end - 6) : before.end])):
            # a full line inside a wrapped paragraph may end with a stop
            if not (i - 1 in found and 60 <= length <= 100):
                continue
            following = i + 1 < len(lines) and text[here.end : lines[i + 1].start].count("\n") == 1
            if not following:
                continue
        first = text[here.start]
        if first.islower() or (55 <= length <= 100 and (i - 1 in found or _is_prose(text, before))):
            found.add(i)
    return found


def _is_prose(text: str, line: Line) -> bool:
    words = text[line.start : line.end].split()
    lower = sum(1 for word in words if word[0].islower())
    return len(words) >= 8 and lower >= 0.6 * len(words)


def _by_form(text: str, lines: list[Line], wrapped: set[int]) -> list[Line]:
    labelled: list[Line] = []
    seen_body = False
    in_list = in_comments = False
    for i, line in enumerate(lines):
        raw = text[line.start : line.end]
        head = fold(raw[:400])
        short = len(raw) <= 320 and len(raw.split()) <= 45
        if in_comments:
            label = "comments"
        elif i in wrapped:
            label = labelled[-1].label
        elif in_list and len(raw) <= 130 and not _TERMINAL.search(head[-8:] if short else "x."):
            label = "related"
        else:
            in_list = False
            label = _one(raw, head, short, seen_body, i + 1 == len(lines))
            if label == "heading" and _dialogue_turn(raw):
                label = "body"
            elif label == "comments":
                in_comments = i >= len(lines) // 2 and seen_body and len(raw) <= 60
            elif label in ("related", "read-more") and _LIST_HEAD.fullmatch(head.strip(" :")):
                in_list = True
                label = "related"
        seen_body = seen_body or label == "body"
        labelled.append(replace(line, label=label))
    return labelled


def _dialogue_turn(raw: str) -> bool:
    return bool(_DIALOGUE.match(raw)) and len(raw.split()) > 3


def _one(raw: str, head: str, short: bool, seen_body: bool, last: bool) -> str:
    """Label one line by its own form."""
    stop = bool(_TERMINAL.search(head[-8:])) if len(raw) <= 400 else True
    if _ADVERT.match(head) or (short and _ADVERT_PITCH.search(head)):
        return "advertisement"
    if short and _COMMENTS.fullmatch(head):
        return "comments"
    if (
        short
        and _READ_MORE.match(head)
        and (not stop or head.endswith(("?", "!")) or ":" in head[:30])
    ):
        return "read-more"
    if short and _LIST_HEAD.fullmatch(head.strip(" :")):
        return "related"
    if short and _NEWSLETTER.search(head) and not re.search(r"\bsaid\b|[\"]", head):
        return "newsletter"
    if short and _CAPTION.search(head) and not head.startswith('"'):
        return "caption"
    if short and _BYLINE.fullmatch(raw) and not _BYLINE_PROSE.search(head):
        return "byline"
    if not stop and _KICKER_WORDS.fullmatch(head):
        return "kicker"
    words = raw.split()
    if (
        not seen_body
        and len(words) <= 6
        and (raw.endswith("|") or (raw.isupper() and len(words) <= 3))
    ):
        return "kicker"
    if len(words) <= 16 and len(raw) <= 130 and any(c.isalpha() for c in raw):
        if not stop and not _HEADING_VERB_END.search(raw) and not raw.endswith(":"):
            if raw[0] in "\"“'‘" and raw[-1] in "\"”'’":
                return "body"
            return "heading" if (raw[0].isupper() or not raw[0].isalpha()) else "body"
        if not seen_body and len(words) <= 14 and head.endswith("?"):
            return "heading"
        if head.endswith("?") and len(words) <= 9 and _title_case(words):
            return "heading"
    return "body"


def _title_case(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and all(word[0].isupper() for word in long)


def _by_repetition(text: str, lines: list[Line], wrapped: set[int]) -> tuple[Line, ...]:
    groups: list[list[int]] = []
    for i in range(len(lines)):
        if i in wrapped and groups:
            groups[-1].append(i)
        else:
            groups.append([i])
    passages = [(lines[g[0]].start, lines[g[-1]].end, lines[g[0]].label) for g in groups]
    result = list(lines)
    for number, original in find_repeats(text, passages).items():
        group = groups[number]
        for i in group:
            result[i] = replace(result[i], label="pull-quote", original=original)
        following = group[-1] + 1
        if following < len(result) and _CREDIT_LINE.match(
            text[result[following].start : result[following].end]
        ):
            result[following] = replace(result[following], label="pull-quote", original=original)
    return tuple(result)
