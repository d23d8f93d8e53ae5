"""Where the four-digit codes of NOC 2016 went in NOC 2021."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "concordance.csv"


@lru_cache(maxsize=1)
def successors() -> Mapping[str, tuple[str, ...]]:
    """The five-digit codes by four-digit code; more than one where a group was split or part of it moved."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["noc_2016"]: tuple(row["noc_2021"].split()) for row in csv.DictReader(file)}
