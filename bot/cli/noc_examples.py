"""Labelled texts for `oinp noc evaluate`, from JSON lines."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.noc.evaluation import Example


class BadExamples(Exception):
    """A file of labelled texts that cannot be read: which, where and why."""


class Line(BaseModel):
    """One labelled text; what else a line tells (rationale, kind) is not needed."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)
    id: str
    text: str
    acceptable: tuple[str, ...] = Field(min_length=1)
    title: str | None = None


def read_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a file; raises BadExamples."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadExamples(f"{path} cannot be read: {error}") from error
    found = tuple(example(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise BadExamples(f"{path} has no lines.")
    return found


def example(path: Path, number: int, line: str) -> Example:
    try:
        read = Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        raise BadExamples(f"{path.name}, line {number}: {where}: {first['msg']}") from error
    return Example(read.id, read.text, frozenset(read.acceptable), read.title)
