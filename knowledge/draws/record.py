"""The history of draws as it ships with the bot: read from history/*.csv, each row with its source and day."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import get_args

import yaml

from knowledge.draws.draw import Draw, Program
from rules.rulebook import sources

HERE = Path(__file__).parent / "history"
FILES = ("ontario_invitations.csv", "ontario_notifications.csv", "federal_rounds.csv")
COLUMNS = (
    "program", "stream", "date", "ordinal", "date_end", "size", "score_min", "score_max", "region", "targets",
    "list", "name", "source", "notes",
)  # fmt: skip


@lru_cache(maxsize=1)
def history() -> tuple[Draw, ...]:
    """Every draw of the record, the newest first."""
    lists = dict(_lists())
    found = [_draw(row, lists) for name in FILES for row in _rows(name)]
    return newest_first(found)


def newest_first(draws: Iterable[Draw]) -> tuple[Draw, ...]:
    """By date, and within a day in the order given."""
    return tuple(sorted(draws, key=lambda draw: draw.date, reverse=True))


@lru_cache(maxsize=1)
def notes() -> Mapping[str, Mapping[str, str]]:
    """The contradictions and doubts by key, in both languages."""
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        (HERE / "notes.yaml").read_text(encoding="utf-8")
    )
    return loaded


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _lists() -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for row in _rows("occupation_lists.csv"):
        yield row["list"], (row["noc_version"], tuple(row["codes"].split()))


def _draw(row: Mapping[str, str], lists: Mapping[str, tuple[str, tuple[str, ...]]]) -> Draw:
    source = sources()[row["source"]]
    version, codes = lists.get(row["list"], (None, ()))
    return Draw(
        program=_one_of(row["program"]),
        stream=row["stream"],
        date=date.fromisoformat(row["date"]),
        ordinal=row["ordinal"],
        date_end=date.fromisoformat(row["date_end"]) if row["date_end"] else None,
        size=_number(row["size"]),
        score_min=_number(row["score_min"]),
        score_max=_number(row["score_max"]),
        region=row["region"] or None,
        targets=tuple(row["targets"].split()),
        codes=codes,
        noc_version=version,
        name=row["name"],
        # Trackers copy the official feed; that is the page to open.
        source=sources()["S20"].url if row["program"] == "federal" else source.url,
        as_of=source.as_of,
        confidence=source.confidence,
        notes=tuple(row["notes"].split()),
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _one_of(name: str) -> Program:
    known: tuple[Program, ...] = get_args(Program)
    return known[known.index(name)]  # a name that is none of them raises ValueError
