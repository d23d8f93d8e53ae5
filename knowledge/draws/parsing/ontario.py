"""Ontario's page of invitations and its page of notifications: a heading a year, a heading a stream, one table.

Columns are found by what their header says, because their order changes from year to year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.draws.draw import Draw, Program
from knowledge.draws.names import region_in, stream_in, targets_in
from knowledge.draws.parsing.cells import NOTHING, Unreadable, count, days, score
from knowledge.draws.parsing.document import page
from knowledge.draws.parsing.outcome import BadFeed, Parsed, Problem, Reason
from knowledge.draws.parsing.tables import Heading, Table, blocks
from rules.rulebook import sources

YEAR = re.compile(r"(?:invitations? to apply|notifications? of interest) issued in (\d{4})", re.IGNORECASE)
COLUMNS = (
    ("date", re.compile(r"\bdate\b.*issued|^date\b(?!.*profile)", re.IGNORECASE)),
    ("score", re.compile(r"score", re.IGNORECASE)),
    ("profiles", re.compile(r"profile", re.IGNORECASE)),
    ("number", re.compile(r"number", re.IGNORECASE)),
    ("notes", re.compile(r"note", re.IGNORECASE)),
)


@dataclass(slots=True)
class Reading:
    """What has been read of one page so far; ordinals count within a stream and day, from the top."""

    program: Program
    today: date
    source: str
    draws: list[Draw] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ordinals: dict[tuple[str, date], int] = field(default_factory=dict)

    def cannot(self, reason: Reason, where: str, said: str) -> None:
        self.problems.append(Problem(reason, where, said[:120]))

    def ordinal(self, stream: str, day: date) -> str:
        self.ordinals[stream, day] = self.ordinals.get((stream, day), 0) + 1
        return str(self.ordinals[stream, day])


def parse_invitations(content: bytes, today: date) -> Parsed:
    """Every row of the invitations page, top to bottom; raises BadFeed where the page is not that page."""
    return _parse(content, Reading("ontario", today, sources()["S1"].url))


def parse_notifications(content: bytes, today: date) -> Parsed:
    """Every row of the notifications page; raises BadFeed where the page is not that page."""
    return _parse(content, Reading("ontario_express_entry", today, sources()["S2"].url))


def _parse(content: bytes, reading: Reading) -> Parsed:
    found = list(_tables(content, reading))
    if not found:
        raise BadFeed("layout", "no table stands under a heading with a year and a stream")
    for year, stream, table in found:
        _read_table(reading, year, stream, table)
    return Parsed(tuple(reading.draws), tuple(reading.problems))


def _tables(content: bytes, reading: Reading) -> Iterator[tuple[int, str, Table]]:
    year, stream = 0, ""
    for block in blocks(page(content)):
        if isinstance(block, Heading):
            if found := YEAR.search(block.text):
                year, stream = int(found[1]), ""
            elif block.level <= 2:
                year, stream = 0, ""
            elif year:
                stream = _stream(reading, year, block.text)
        elif isinstance(block, Table) and year:
            if stream:
                yield year, stream, block
            elif block.rows:
                reading.cannot("stream", str(year), " | ".join(block.header))


def _stream(reading: Reading, year: int, heading: str) -> str:
    found = stream_in(reading.program, heading)
    # A heading such as "NOIs issued by stream" names none and holds no table of its own.
    if found is None and re.search(r"\bstream$", heading, re.IGNORECASE) and " by " not in heading:
        reading.cannot("stream", str(year), heading)
    return found or ""


def _read_table(reading: Reading, year: int, stream: str, table: Table) -> None:
    where = f"{year}, {stream}"
    columns = columns_of(table.header)
    if not {"date", "number"} <= set(columns):
        reading.cannot("columns", where, " | ".join(table.header))
        return
    for row in table.rows:
        if len(row) < 2 or columns["date"] >= len(row) or columns["number"] >= len(row):
            reading.cannot("row", where, " | ".join(row))
            continue
        _read_row(reading, year, stream, {name: row[at] for name, at in columns.items() if at < len(row)})


def columns_of(header: tuple[str, ...]) -> dict[str, int]:
    """Where each known column stands; a header cell that means none is left out."""
    found: dict[str, int] = {}
    for position, text in enumerate(header):
        meaning = next((name for name, pattern in COLUMNS if pattern.search(text)), None)
        if meaning is not None:
            found.setdefault(meaning, position)
    return found


def _read_row(reading: Reading, year: int, stream: str, cells: Mapping[str, str]) -> None:
    where, reason = f"{year}, {stream}, {cells['date']}", "date"
    try:
        issued = days(cells["date"], reading.today)
        reason = "number"
        size = count(cells["number"])
        reason = "score"
        low, high = score(cells.get("score", ""))
    except Unreadable as error:
        reading.cannot(reason, where, str(error))  # type: ignore[arg-type]  # one of three literals above
        return
    if issued.first.year != year:
        reading.cannot("section_year", where, cells["date"])
    note = cells.get("notes", "")
    reading.draws.append(
        Draw(
            program=reading.program,
            stream=stream,
            date=issued.first,
            date_end=issued.last,
            ordinal=reading.ordinal(stream, issued.first),
            size=size,
            score_min=low,
            score_max=high,
            region=region_in(note),
            targets=targets_in(note) if note.lower() not in NOTHING else (),
            source=reading.source,
            as_of=reading.today,
            notes=("section_year",) if issued.first.year != year else (),
        )
    )
