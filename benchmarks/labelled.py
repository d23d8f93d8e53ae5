"""The labelled texts to measure on: JSON lines beside the project, never part of the index."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.noc.evaluation import Example

FOLDER = Path(__file__).parent.parent.parent / "shared" / "eval"
SETS = {
    "duties_tech": "tech duties with title",
    "duties_onet_five_tasks": "five O*NET tasks",
    "duties_onet_one_task": "one O*NET task",
    "duties_workbc": "career-page duties",
    "titles_federal_government": "federal job titles, English",
    "titles_federal_government_fr": "federal job titles, French",
    "titles_onet": "O*NET titles",
}


def read(folder: Path = FOLDER) -> dict[str, tuple[Example, ...]]:
    """The examples by set; raises FileNotFoundError where the folder is not there."""
    return {name: examples(folder / f"{name}.jsonl") for name in SETS}


def examples(path: Path) -> tuple[Example, ...]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Example(row["id"], row["text"], frozenset(row["acceptable"]), row.get("title")) for row in rows
    )
