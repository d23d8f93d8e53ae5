"""A fault in a tool's content is named: the file, the entry, the field."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.articles.claims import Pattern
from knowledge.directory.directory import Directory
from knowledge.documents.checklist import Documents, documents
from knowledge.reading import read
from rules.errors import DataError


def test_a_missing_field_is_named_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "directory"
    folder.mkdir()
    (folder / "places.yaml").write_text(
        "as_of: 2026-01-01\nplaces: [{id: x, name: {en: A, fr: B}, what: {en: A, fr: B}}]\n"
    )
    with pytest.raises(DataError, match=r"directory/places\.places\.0\.url"):
        read(folder / "places.yaml", Directory)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nothing"):
        read(tmp_path / "nothing.yaml", Directory)


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="is no pattern"):
        Pattern(pattern="(unclosed")


def test_an_item_with_an_unknown_situation_is_refused() -> None:
    known = documents().model_dump()
    known["items"][0]["when"] = ["on_the_moon"]
    with pytest.raises(ValidationError, match="no situation is called 'on_the_moon'"):
        Documents.model_validate(known)
