"""Each walk-through of the content author's page is carried out on a copy of the content and shows its effect.

A `yaml` block goes to the end of the file named last before it, a `diff` block changes that file, the lines of an
`sh` block are run, and what stands in a `text` block must be in what they print.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.docs.reading import BLOCK, ROOT, Line, oinp, text_of

PAGE = "docs/content-author.md"
FILE = re.compile(r"`((?:rules|knowledge|bot)/[\w./-]+\.(?:yaml|csv|j2))`")
ASKING = """
import contextlib, io, json, sys

def said(question):
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        exec(question, {})
    return written.getvalue().strip()

json.dump({name: said(question) for name, question in json.load(sys.stdin).items()}, sys.stdout)
"""
QUESTIONS = {
    "values": """
from datetime import date
from rules.rulebook import in_force
for name, day in (
    ("fee.workforce_priority", (2026, 11, 15)), ("fee.workforce_priority", (2026, 11, 16)),
    ("fee.copy_of_decision", (2026, 11, 14)), ("fee.copy_of_decision", (2026, 11, 15)),
):
    held = in_force(name, date(*day))
    print(held.value, held.citation.confidence)
""",
    "draws": """
from knowledge.draws.names import stream_in, stream_name
found = stream_in("federal", "Cyber-security occupations (2027)")
print(found, stream_name("federal", found, "fr"))
print(stream_in("federal", "STEM occupations"))
""",
    "source": """
from bot.alerts.feeds import cited_pages
print([page.url for page in cited_pages() if page.name == "cited-PAGE_REVIEWS"])
""",
    "text": """
from datetime import date
from knowledge.content.render import render
print(render("not_text", "fr", today=date(2026, 11, 23), kind="voice"))
""",
    "document": """
from knowledge.documents.checklist import checklist
from rules.profile import Profile
for residence in ("ontario", "abroad"):
    here = checklist(Profile(residence=residence), "teer_0_3", "invited")
    print([bool(entry.only_if) for entry in here if entry.document.id == "tenancy"])
""",
    "claim": """
from datetime import date
from knowledge.articles.checker import check
texts = {"en": "You may apply to the program by fax.", "fr": "Les demandes arrivent par télécopieur."}
for language, text in texts.items():
    print([(found.claim, found.kind, found.truth) for found in check(text, language, date(2026, 11, 23))])
""",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the page: its kind, what it says, and the file named last before it."""

    kind: str
    text: str
    file: str | None


def blocks() -> Iterator[Block]:
    page = text_of(ROOT / PAGE)
    for found in BLOCK.finditer(page):
        named = FILE.findall(BLOCK.sub("", page[: found.start()]))
        yield Block(found[1], found[2], named[-1] if named else None)


def commands() -> list[str]:
    return [line for block in blocks() if block.kind == "sh" for line in block.text.splitlines()]


def promised() -> list[tuple[list[str], list[str]]]:
    """The commands of a block, and the lines they promise."""
    found, before = [], None
    for block in blocks():
        if block.kind == "text":
            assert before is not None, block.text
            found.append((before.text.splitlines(), block.text.splitlines()))
        before = block if block.kind == "sh" else None
    return found


def changed(content: str, block: Block) -> str:
    """The file's text after the block; what a `diff` block takes away must be there exactly once."""
    if block.kind == "yaml":
        return content.rstrip("\n") + "\n" + block.text
    lines = block.text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert content.count(old) == 1, (block.file, old)
    return content.replace(old, new)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's code and content, changed as the page says."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("rules", "knowledge", "bot"):
        # What is compiled comes along: its names change with what it was made from, so nothing old is used.
        shutil.copytree(ROOT / name, folder / name)
    for block in blocks():
        if block.kind in ("yaml", "diff"):
            assert block.file is not None, block.text
            path = folder / block.file
            path.write_text(changed(text_of(path), block), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def printed(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What every command of the page prints in the copy."""
    lines = commands()
    results = oinp(
        [Line(PAGE, line).words[1:] for line in lines], tmp_path_factory.mktemp("author"), source=copy
    )
    return dict(zip(lines, results, strict=True))


@pytest.fixture(scope="module")
def answers(copy: Path) -> dict[str, str]:
    """What Python prints in the copy for each of the questions, where no command shows an effect."""
    done = subprocess.run(
        [sys.executable, "-c", ASKING],
        input=json.dumps(QUESTIONS),
        cwd=copy,
        env={"PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(copy / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    said: dict[str, str] = json.loads(done.stdout)
    return said


def same_width(text: str) -> str:
    """Tables and French spaces fill up with blanks of several kinds and widths."""
    return re.sub(r"\s+", " ", text)


def test_the_page_has_a_walk_through_for_every_kind_of_content() -> None:
    files = {block.file for block in blocks() if block.kind in ("yaml", "diff")}
    rooms = {str(Path(file).parent) for file in files if file}
    assert rooms >= {
        "rules/data",
        "rules/data/values",
        "knowledge/faq/entries",
        "knowledge/draws",
        "knowledge/draws/history",
        "knowledge/noc/groups",
        "knowledge/content/fr",
        "knowledge/documents",
        "knowledge/articles",
    }


def test_every_command_of_the_page_succeeds(printed: dict[str, tuple[int, str]]) -> None:
    assert len(printed) >= 5
    assert {line: said[-500:] for line, (code, said) in printed.items() if code != 0} == {}


@pytest.mark.parametrize(("lines", "promise"), promised(), ids=lambda lines: lines[0][:40])
def test_the_commands_print_what_the_page_shows(
    printed: dict[str, tuple[int, str]], lines: list[str], promise: list[str]
) -> None:
    said = same_width(" ".join(printed[line][1] for line in lines))
    for wanted in promise:
        assert same_width(wanted) in said, (lines, said[:800])


def test_nothing_of_the_page_is_so_already() -> None:
    """Otherwise the effects that are tested would show nothing."""
    for block in blocks():
        if block.kind in ("yaml", "diff") and block.file:
            added = [line[1:] if block.kind == "diff" else line for line in block.text.splitlines()]
            assert any(line not in text_of(ROOT / block.file).splitlines() for line in added)


def test_a_value_is_that_of_the_day(answers: dict[str, str]) -> None:
    assert answers["values"].splitlines() == [
        "None official-derived",
        "1600 secondary",
        "40 official-derived",
        "45 official-derived",
    ]


def test_a_new_kind_of_draw_is_recognised(answers: dict[str, str]) -> None:
    assert answers["draws"].splitlines() == ["cybersecurity Cybersécurité", "stem"]


def test_a_new_source_is_watched(answers: dict[str, str]) -> None:
    assert answers["source"] == "['https://www.ontario.ca/page/oinp-internal-reviews-example']"


def test_a_text_reads_as_it_was_written(answers: dict[str, str]) -> None:
    assert "je n'entends rien" in answers["text"].replace("’", "'")


def test_a_document_is_on_the_list_of_those_it_concerns(answers: dict[str, str]) -> None:
    assert answers["document"].splitlines() == ["[False]", "[True]"]


def test_an_old_claim_is_found(answers: dict[str, str]) -> None:
    english, french = answers["claim"].splitlines()
    assert "'paper_applications', 'never', 'Never so" in english
    assert "Ce ne fut jamais le cas" in french
