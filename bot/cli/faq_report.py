"""How well the search finds what people ask: read a labelled file, count, show."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.faq.index import FaqIndex


@dataclass(frozen=True, slots=True)
class Asked:
    """One labelled question: what it should find (numbers of the fact base; none is out of scope), what it found.

    `place` is where the first right entry stands, from 1; None where there is none.
    """

    text: str
    wanted: frozenset[int]
    found: tuple[str, ...]
    answered: bool
    place: int | None
    seconds: float

    @property
    def met(self) -> bool:
        return self.place == 1 if self.wanted else not self.answered


def read(faq: FaqIndex, file: Path) -> tuple[Asked, ...]:
    """Every line of `{"id", "text", "faq": [numbers]}` or `{"slugs": […]}` asked of the search."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_asked(faq, json.loads(line)) for line in lines if line.strip())


def _asked(faq: FaqIndex, row: dict[str, object]) -> Asked:
    text, wanted = str(row["text"]), frozenset(row.get("faq") or ())  # type: ignore[call-overload]
    slugs = frozenset(row.get("slugs") or ())  # type: ignore[call-overload]
    began = time.perf_counter()
    result = faq.search(text)
    seconds = time.perf_counter() - began
    right = [slug in slugs or bool(wanted & set(faq.covers(slug))) for slug in result.entries]
    place = right.index(True) + 1 if True in right else None
    return Asked(text, wanted or slugs, result.entries, result.answered, place, seconds)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 0 to 1 over one file, and the median time of a search in milliseconds."""

    inside: int
    outside: int
    first: float
    third: float
    refused: float
    recognised: float
    milliseconds: float

    @classmethod
    def of(cls, rows: Sequence[Asked]) -> Score:
        inside = [row for row in rows if row.wanted]
        outside = [row for row in rows if not row.wanted]
        return cls(
            len(inside),
            len(outside),
            _share([row.place == 1 for row in inside]),
            _share([row.place is not None and row.place <= 3 for row in inside]),
            _share([not row.answered for row in inside]),
            _share([not row.answered for row in outside]),
            1000 * median(row.seconds for row in rows),
        )


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def show(name: str, rows: Sequence[Asked], *, misses: bool) -> None:
    """The counts as a table, and with `misses` each question that was not met."""
    from rich.console import Console
    from rich.table import Table

    score = Score.of(rows)
    table = Table(
        "file", "in scope", "first", "in three", "wrongly refused", "out of scope", "recognised", "p50"
    )
    asked = (score.first, score.third, score.refused)
    shares = [f"{share:.1%}" if score.inside else "-" for share in asked]
    table.add_row(
        name,
        str(score.inside),
        *shares,
        str(score.outside),
        f"{score.recognised:.1%}" if score.outside else "-",
        f"{score.milliseconds:.1f} ms",
    )
    console = Console(highlight=False, markup=False)
    console.print(table)
    for row in rows if misses else ():
        if not row.met:
            console.print(
                f"{sorted(map(str, row.wanted))} {row.text!r}: {', '.join(row.found[:3]) or 'not answered'}"
            )
