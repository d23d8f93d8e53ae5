"""The documents lead where they say: links, pictures, tables, files, tests and tables of the store that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.store.models import Base
from tests.unit.docs.reading import BLOCK, DOCUMENTS, ROOT, name_of, text_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
MADE_BY_THE_READER = {"deploy/.env", "deploy/secrets"}
NAMED_FILE = re.compile(r"`((?:bot|rules|knowledge|tests|deploy|benchmarks)/[\w./-]+)`")


def broken_links(path: Path) -> list[str]:
    """The targets inside the project that are not there, pictures and headings included."""
    return [target for target in LINK.findall(BLOCK.sub("", text_of(path))) if not leads(path, target)]


def leads(path: Path, target: str) -> bool:
    if target.startswith(("https://", "http://", "mailto:")):
        return True
    file, _, anchor = target.partition("#")
    aimed = (path.parent / file).resolve() if file else path
    if not aimed.exists() or not aimed.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(aimed)


def anchors(path: Path) -> list[str]:
    heads = re.findall(r"^#+ (.*)$", BLOCK.sub("", text_of(path)), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_and_picture_inside_is_there(path: Path) -> None:
    assert broken_links(path) == []


def test_every_document_can_be_found_from_the_first_page() -> None:
    seen, to_read = set(), [ROOT / "README.md"]
    while to_read:
        path = to_read.pop()
        if path in seen or path.suffix != ".md" or not path.exists():
            continue
        seen.add(path)
        to_read += [
            (path.parent / target.partition("#")[0]).resolve()
            for target in LINK.findall(text_of(path))
            if "://" not in target
        ]
    assert [name_of(path) for path in DOCUMENTS if path not in seen and path.parent.name == "docs"] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_block_is_closed_and_every_table_is_even(path: Path) -> None:
    text = text_of(path)
    assert text.count("```") % 2 == 0
    for table in re.findall(r"(?:^\|.*\|$\n?)+", BLOCK.sub("", text), re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.strip().splitlines()}
        assert len(widths) == 1, table


def test_the_privacy_page_names_every_table_about_people() -> None:
    page = text_of(ROOT / "docs" / "privacy.md")
    about_people = [table.name for table in Base.metadata.sorted_tables if "person_id" in table.columns]
    assert about_people
    assert [name for name in (*about_people, "feedback", "audit") if f"`{name}`" not in page] == []


def test_the_documents_name_tests_that_exist() -> None:
    for path in DOCUMENTS:
        for file, function in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text_of(path)):
            assert f"def {function}(" in text_of(ROOT / file), (name_of(path), function)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_the_documents_name_files_that_exist(path: Path) -> None:
    named = {file for file in NAMED_FILE.findall(text_of(path)) if "NAME" not in file}
    assert [file for file in sorted(named - MADE_BY_THE_READER) if not (ROOT / file).exists()] == []
