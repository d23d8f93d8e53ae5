"""The results of the fault runs, kept for the table in docs/alerts.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from tests.faults.scenarios import Verdict

RESULTS = Path(__file__).resolve().parents[2] / "docs" / "results" / "alert-faults.json"


def note(run: str, came_to: Verdict) -> None:
    """Put one run's outcome into the file, over an earlier one of the same run."""
    keep(run, asdict(came_to))


def keep(run: str, values: Mapping[str, float]) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    held[run] = {name: round(value, 2) for name, value in values.items()}
    RESULTS.write_text(json.dumps(dict(sorted(held.items())), indent=1) + "\n", encoding="utf-8")
