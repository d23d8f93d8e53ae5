"""Ontario's yearly updates pages: which occupations, region and score each draw of a day had.

A day's heading comes first, then a heading for each update, then sentences that name streams and scores, each
followed by the list of occupations it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from knowledge.draws.draw import Draw
from knowledge.draws.names import region_in, targets_in
from knowledge.draws.parsing.cells import Unreadable, count, days, tidy
from knowledge.draws.parsing.document import page
from knowledge.draws.parsing.outcome import BadFeed, Problem
from knowledge.draws.parsing.tables import Block, Heading, Table, blocks

TITLE = re.compile(r"(\d{4}) ontario immigrant nominee program updates", re.IGNORECASE)
CODE = re.compile(r"^(?:NOC\s*:?\s*)?(\d{1,5})\b(?!\s*%)|\(NOC\s*(\d{2,5})\)", re.IGNORECASE)
LEAD = re.compile(
    r"following .*(occupation|NOC|code)|NOC codes?:?$|occupations?:$|:$", re.IGNORECASE | re.DOTALL
)
STREAM_WORDS = {
    "foreign_worker": r"foreign worker",
    "international_student": r"international student",
    "in_demand_skills": r"in.?demand skills",
    "masters_graduate": r"master.?s? graduate",
    "phd_graduate": r"ph\.?d graduate",
    "workforce_priority": r"workforce priority",
    "human_capital_priorities": r"human capital priorit",
    "french_speaking_skilled_worker": r"french.?speaking skilled worker",
    "skilled_trades": r"(?:express entry|entry:) skilled trades|skilled trades stream",
}
SCORE = re.compile(r"score of (?:at least )?(\d{1,4})", re.IGNORECASE)
DATED = re.compile(r"[A-Z][a-z]+ \d{1,2}\b")
ISSUED_ON = re.compile(r"\bOn ([A-Z][a-z]+ \d{1,2}, \d{4}),")
# A heading that names a part of an update, not an update.
PART = re.compile(r".*:$|[\w\s]+ occupations$", re.IGNORECASE)
ABOUT_A_DRAW = re.compile(r"invited|invitations? to apply|notifications? of interest|draw\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
TOTAL = re.compile(
    r"issued (?:a total of )?([\d,]+) (?:targeted )?(?:invitations|notifications)", re.IGNORECASE
)
# The page of a year that used five digits: since late 2022 the codes are those of 2021.
FIVE_DIGITS_SINCE = 2023


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list of occupations: the draws it belongs to as far as the text tells."""

    day: date
    heading: str
    streams: tuple[str, ...]
    scores: tuple[tuple[str, int], ...]
    region: str | None
    targets: tuple[str, ...]
    codes: tuple[str, ...]
    noc_version: str
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """The lists of a year's page, top to bottom, and what could not be read."""

    year: int
    lists: tuple[CodeList, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Place:
    """Where on the page the reader is, and the list being gathered."""

    year: int
    today: date
    day: date | None = None
    heading: str = ""
    section: str = ""
    opening: str = ""
    lead: str = ""
    before_section: str = ""
    codes: list[str] = field(default_factory=list)
    lists: list[CodeList] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def close(self) -> None:
        """The list gathered so far is complete."""
        if self.codes and self.day and ABOUT_A_DRAW.search(f"{self.heading} {self.opening[:300]}"):
            self.lists.append(_made(self, self.day))
        self.codes = []


def parse_updates(content: bytes, today: date) -> Updates:
    """The occupation lists of one year's page; raises BadFeed where the page is not such a page."""
    found = list(blocks(page(content)))
    year = next(
        (
            int(seen[1])
            for block in found
            if isinstance(block, Heading) and (seen := TITLE.search(block.text))
        ),
        0,
    )
    if not year:
        raise BadFeed("layout", "the page has no heading of a year's updates")
    place = Place(year, today)
    for block in found:
        _walk(place, block)
    place.close()
    return Updates(year, tuple(place.lists), tuple(place.problems))


def _walk(place: Place, block: Block) -> None:
    if isinstance(block, Heading):
        place.close()
        _heading(place, block)
    elif isinstance(block, Table) or place.day is None:
        return
    elif block.in_list:
        _item(place, block.text)
    elif block.text:
        place.close()
        place.opening = place.opening or block.text
        place.lead = block.text


def _heading(place: Place, heading: Heading) -> None:
    if heading.level <= 2:
        place.day, place.heading = None, ""
    elif heading.level == 3 and DATED.match(heading.text):
        place.day, place.heading, place.opening = _day_of(place, heading.text), "", ""
    elif heading.level > 4 or PART.match(heading.text):
        # "Health occupations:" below an update's heading belongs to that update.
        place.before_section = place.lead or place.before_section
        place.section = heading.text
    else:
        place.heading, place.section, place.opening, place.before_section = heading.text, "", "", ""
    place.lead = ""


def _day_of(place: Place, text: str) -> date | None:
    said = text if re.search(r"\d{4}", text) else f"{text}, {place.year}"
    try:
        return days(said, place.today).first
    except Unreadable:
        place.problems.append(Problem("date", str(place.year), text[:80]))
        return None


def _item(place: Place, text: str) -> None:
    found = CODE.search(text)
    if found is None or not (place.codes or _announces(place)):
        return
    digits = found[1] or found[2]
    # A list on the page of March 2026 has lost the leading zeros of a code.
    code = digits.zfill(5 if place.year >= FIVE_DIGITS_SINCE else 4)
    if code not in place.codes:
        place.codes.append(code)


def _announces(place: Place) -> bool:
    return bool(LEAD.search(place.lead) or place.section)


def _made(place: Place, day: date) -> CodeList:
    text = f"{place.section} {place.lead}"
    said = (place.lead, place.before_section, place.opening, place.heading)
    streams = next((found for words in said if (found := _streams(words))), ())
    return CodeList(
        day=_issued(place, day),
        heading=place.heading,
        streams=streams,
        scores=_scores(place, streams),
        region=region_in(place.heading) or region_in(place.opening),
        targets=targets_in(f"{text} {place.heading}"),
        codes=tuple(place.codes),
        noc_version="2021" if place.year >= FIVE_DIGITS_SINCE else "2016",
        total=_total(place.opening),
    )


def _issued(place: Place, day: date) -> date:
    """An update may be posted days after the draw it speaks of."""
    found = ISSUED_ON.search(place.opening)
    try:
        return days(found[1], place.today).first if found else day
    except Unreadable:
        return day


def _streams(text: str) -> tuple[str, ...]:
    return tuple(stream for stream, words in STREAM_WORDS.items() if re.search(words, text, re.IGNORECASE))


def _scores(place: Place, streams: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """(stream, lowest score) pairs: from a sentence that names both, else the list's only stream."""
    found: dict[str, int] = {}
    for sentence in SENTENCE.split(place.lead):
        if said := SCORE.search(sentence):
            for stream in _streams(sentence) or (streams if len(streams) == 1 else ()):
                found.setdefault(stream, int(said[1]))
    return tuple(found.items())


def _total(text: str) -> int | None:
    found = TOTAL.search(tidy(text))
    return count(found[1]) if found else None


def attach(draws: Iterable[Draw], lists: Iterable[CodeList]) -> tuple[tuple[Draw, ...], tuple[Problem, ...]]:
    """The draws with the codes of the lists that are surely theirs, and the lists that no draw could be found for."""
    made = list(draws)
    problems: list[Problem] = []
    for each in lists:
        for stream in each.streams or ("",):
            at = _owners(made, each, stream)
            if not at:
                problems.append(Problem("row", f"{each.day} {stream}".strip(), each.heading[:120]))
            for index in at:
                codes = tuple(dict.fromkeys((*made[index].codes, *each.codes)))
                made[index] = made[index].with_codes(codes, each.noc_version)
    return tuple(made), tuple(problems)


def _owners(draws: list[Draw], each: CodeList, stream: str) -> list[int]:
    """The positions of the draws a list belongs to; none rather than a guess between several."""
    near = [n for n, draw in enumerate(draws) if draw.date == each.day and draw.stream == stream]
    if each.region:
        near = [n for n in near if draws[n].region == each.region]
    else:
        near = [n for n in near if draws[n].region is None]
    floor = dict(each.scores).get(stream)
    fitting = [n for n in near if floor is not None and draws[n].score_min == floor] or near
    aimed = [n for n in fitting if set(draws[n].targets) & set(each.targets)] or fitting
    return aimed if len(aimed) == 1 else []
