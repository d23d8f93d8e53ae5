"""A page as headings, paragraphs, lists and tables in reading order: what the Ontario parsers walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from knowledge.draws.parsing.cells import tidy


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or one item of a list."""

    text: str
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Header cells and body rows as plain text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Table


def blocks(root: LexborNode) -> Iterator[Block]:
    """Everything a reader sees, top to bottom."""
    for node in root.css("h1,h2,h3,h4,h5,h6,p,li,table"):
        tag = node.tag or ""
        if tag == "table":
            yield table(node)
        elif _inside(node, "table"):
            continue
        elif tag.startswith("h"):
            yield Heading(int(tag[1]), said(node))
        elif tag == "li" or not _inside(node, "li"):
            yield Words(said(node), tag == "li")


def table(node: LexborNode) -> Table:
    """The table's cells; the first row is the header where no cell is marked as one."""
    rows = [tuple(said(cell) for cell in row.css("th,td")) for row in node.css("tr")]
    rows = [row for row in rows if any(row)]
    return Table(rows[0], tuple(rows[1:])) if rows else Table((), ())


def said(node: LexborNode) -> str:
    return tidy(node.text(separator=" "))


def _inside(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False
