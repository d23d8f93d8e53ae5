"""Writes the results of the fault runs and measurements into docs/alerts.md: `python -m benchmarks.alert_table`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
BEGIN, END = "<!-- results -->", "<!-- end -->"
COLUMNS = {
    "people": "People",
    "sent": "Sent",
    "uncertain": "Uncertain",
    "missing": "Missing",
    "doubled": "Twice",
    "unlisted": "Twice unlisted",
    "seconds": "Seconds",
}


def main() -> None:
    page = DOCS / "alerts.md"
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    made = "\n\n".join([faults(read("alert-faults.json")), measures(read("alert-speed.json"))])
    page.write_text(f"{head}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def read(name: str) -> Mapping[str, Mapping[str, float]]:
    file = DOCS / "results" / name
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def faults(runs: Mapping[str, Mapping[str, float]]) -> str:
    """The broadcasts that were counted by person; runs of another kind are lines below."""
    counted = {run: values for run, values in runs.items() if "missing" in values}
    lines = [f"| Run | {' | '.join(COLUMNS.values())} |", f"| --- |{' --- |' * len(COLUMNS)}"]
    for run, values in counted.items():
        lines.append(f"| {run} | {' | '.join(f'{values[name]:,.0f}' for name in COLUMNS)} |")
    return "\n".join(lines) + "\n\n" + measures({r: v for r, v in runs.items() if r not in counted})


def measures(runs: Mapping[str, Mapping[str, float]]) -> str:
    return "\n".join(
        f"* {run}: " + ", ".join(f"{name.replace('_', ' ')} {value:,.2f}" for name, value in values.items())
        for run, values in runs.items()
    )


if __name__ == "__main__":
    main()
