"""A published table row by row: its columns found by what their headers say, wherever they stand."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.noc.unit_group import Language

TableKind = Literal["structure", "elements", "concordance", "oasis"]
# What a header says, without accents and signs, and which column that makes it. The first that fits wins.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("old_code", re.compile(r"^(?:noc|cnp) ?2016(?!.*(?:title|titre))")),
    ("new_code", re.compile(r"^(?:noc|cnp) ?2021(?!.*(?:title|titre))")),
    ("oasis_code", re.compile(r"^(?:oasis|sipec|sis) .*code|^code .*(?:oasis|sipec)")),
    ("oasis_duty", re.compile(r"^main duties$|^fonctions principales$")),
    ("oasis_lead", re.compile(r"^lead statement$|^enonce principal$")),
    ("oasis_title", re.compile(r"^(?:job title|example title|titre d emploi)")),
    ("level", re.compile(r"^(?:level|niveau)$")),
    ("element", re.compile(r"^element type|^type d element|^libelle du type d element|^element_type$")),
    ("title_en", re.compile(r"^name english$")),
    ("title_fr", re.compile(r"^name french$")),
    ("lead_en", re.compile(r"^description english$")),
    ("lead_fr", re.compile(r"^description french$")),
    (
        "text",
        re.compile(r"^element description|^description de l element|^description d element|^text(?:e)?$"),
    ),
    ("lead", re.compile(r"^class definition|^definition")),
    ("title", re.compile(r"^class title|^titres? de classes?|^class_title$")),
    ("code", re.compile(r"\bcode\b")),
)
NEEDED: Mapping[TableKind, tuple[frozenset[str], ...]] = {
    "concordance": (frozenset({"old_code", "new_code"}),),
    "elements": (frozenset({"code", "element", "text"}),),
    "oasis": tuple(
        frozenset({"oasis_code", column}) for column in ("oasis_duty", "oasis_lead", "oasis_title")
    ),
    "structure": (frozenset({"code", "title"}), frozenset({"code", "title_en", "title_fr"})),
}


class BrokenOfficialFile(ValueError):
    """A file that cannot be imported: which, where and why."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class Table:
    """One file: what it is, its language where the headers tell, and its rows by column with their line numbers."""

    name: str
    kind: TableKind
    language: Language
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read(name: str, content: bytes) -> Table:
    """The table in a file as published, byte order mark and all; raises BrokenOfficialFile."""
    reader = csv.reader(io.StringIO(decoded(name, content), newline=""), strict=True)
    try:
        header = next(reader, [])
        columns = [column_of(cell) for cell in header]
        kind = kind_of(name, columns, header)
        rows = tuple(rows_of(name, reader, columns))
    except csv.Error as broken:
        raise BrokenOfficialFile(name, reader.line_num, f"the quoting is broken ({broken})") from broken
    if not rows:
        raise BrokenOfficialFile(name, None, "there are no rows below the header")
    return Table(name, kind, language_of(header), rows)


def decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenOfficialFile(name, None, "the letters are neither UTF-8 nor Windows-1252")


def rows_of(
    name: str, reader: Iterator[list[str]], columns: Sequence[str | None]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            reason = f"{len(cells)} columns where the header has {len(columns)}"
            raise BrokenOfficialFile(name, line, reason)
        yield line, {column: tidy(cell) for column, cell in zip(columns, cells, strict=True) if column}


def kind_of(name: str, columns: Sequence[str | None], header: Sequence[str]) -> TableKind:
    for kind, ways in NEEDED.items():
        if any(way <= set(columns) for way in ways):
            return kind
    shown = ", ".join(header[:6]) or "nothing"
    raise BrokenOfficialFile(
        name,
        1,
        f"not a table of the classification, its elements or its concordance (the header says: {shown})",
    )


def column_of(header: str) -> str | None:
    said = plain_header(header)
    return next((column for column, pattern in COLUMNS if pattern.search(said)), None)


def plain_header(header: str) -> str:
    folded = unicodedata.normalize("NFKD", header.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9.]+", " ", bare).strip()


def language_of(header: Sequence[str]) -> Language:
    """French where a header speaks French; the small tables without a language are told by their labels later."""
    said = " ".join(plain_header(cell) for cell in header)
    return "fr" if re.search(r"\b(?:niveau|titres? de classes?|cnp|libelle|fonctions)\b", said) else "en"


def tidy(cell: str) -> str:
    return re.sub(r"\s+", " ", cell.replace(" ", " ")).strip()
