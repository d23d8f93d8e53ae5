"""One YAML file of a room of knowledge as its model, taken from the compiled artefact."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from rules.compiled import load_folder
from rules.errors import DataError
from rules.rulebook import validated

M = TypeVar("M", bound=BaseModel)


def read(path: Path, model: type[M]) -> M:
    """The content of `path` as `model`; raises DataError with the file, the entry and the field at fault."""
    return validated(model, content(path), where(path))


def content(path: Path) -> Any:
    """The content of `path` as plain data, dates as ISO text."""
    try:
        return load_folder(path.parent, path.parent.name)[path.stem]
    except KeyError:
        raise DataError(where(path), "no such file") from None


def where(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"
