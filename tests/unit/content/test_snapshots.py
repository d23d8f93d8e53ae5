"""Every reply with real values, as read and approved: a changed word shows here before a person sees it.

After a change that is meant, write them anew with `OINP_SNAPSHOTS=write pytest tests/unit/content` and read the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.cli import content_lint
from bot.conversation.library import Library, load_library
from knowledge.content import render
from knowledge.content.render import LANGUAGES, Language
from tests.unit.content.scenes import SCENES, Stage, words

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"
WRITING = os.environ.get("OINP_SNAPSHOTS") == "write"
# A part of other replies, seen in theirs.
PARTS = {"draw_line"}
TEMPLATES = sorted({path.name.removesuffix(".html.j2") for path in render.HERE.glob("en/*.j2")} - PARTS)
PICTURES_AS_WORDS = re.compile("[\U0001f300-\U0001faff\u2705\u274c]")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library("help@example.org")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(SCENES))
def test_what_a_person_reads(library: Library, language: Language, name: str) -> None:
    said = words(SCENES[name](Stage(library, language))) + "\n"
    kept = SNAPSHOTS / language / f"{name}.snap"
    if WRITING:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(said, encoding="utf-8")
    assert kept.exists(), f"{kept.name} is new: write it with OINP_SNAPSHOTS=write and read it"
    assert said == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_has_its_snapshot(
    library: Library, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scene is named after its template; that template is what it renders."""
    rendered: set[str] = set()
    opened = render.environment(language).get_template

    def noted(name: str, *more: object) -> object:
        rendered.add(name.removesuffix(".html.j2"))
        return opened(name, *more)

    monkeypatch.setattr(render.environment(language), "get_template", noted)
    for name, scene in SCENES.items():
        rendered.clear()
        scene(Stage(library, language))
        assert name.split("-")[0] in rendered, f"the scene {name} does not show its template"
    assert set(TEMPLATES) - {name.split("-")[0] for name in SCENES} == set()


def test_no_snapshot_is_left_over() -> None:
    kept = {path.relative_to(SNAPSHOTS).as_posix() for path in SNAPSHOTS.rglob("*.snap")}
    assert kept == {f"{language}/{name}.snap" for language in LANGUAGES for name in SCENES}


@pytest.mark.parametrize(
    "path", sorted(SNAPSHOTS.rglob("*.snap")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_typography_of_a_reply(path: Path) -> None:
    """No emoji instead of a word, no double blank line, no stray space; French marks never begin a line."""
    text = path.read_text(encoding="utf-8")
    body = re.sub(r"<[^>]*>", "", text.split("\n\n[")[0])
    assert not PICTURES_AS_WORDS.search(text)
    assert "\n\n\n" not in text, "an empty line too many"
    assert not re.search(r"[ \t]\n", body), "a space at the end of a line"
    assert not re.search(r"(?<![.…])\.\.(?!\.)| ,|\( | \)", body), "a doubled or stray mark"
    if path.parent.name == "fr":
        assert not re.search(r" [:»%$]|« ", body), "a breakable space beside a French mark"
        assert not re.search(r"\s[;?!]", body.replace("\n?", "\n")), (
            "Canadian French has no space before ; ? !"
        )
        assert "TEER" not in body, "the French acronym is FÉER"
    else:
        assert "FÉER" not in body


@pytest.mark.parametrize(
    "path", sorted(SNAPSHOTS.rglob("*.snap")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_wall_of_text(path: Path) -> None:
    """A paragraph is at most nine hundred characters, a button at most sixty."""
    text = re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8"))
    for paragraph in re.split(r"\n\n|\n(?=[•✓✗?] |\d+\. )", text):
        assert len(paragraph) <= 900, paragraph[:200]
    assert all(len(label) <= 60 for label in re.findall(r"\[([^\]]+)\]", text.rpartition("\n\n")[2]))


def test_templates_and_labels_are_the_same_in_both_languages() -> None:
    """What `oinp check` says of the content: nothing is missing in a language, none wants other values."""
    assert {path.name for path in render.HERE.glob("en/*.j2")} == {
        path.name for path in render.HERE.glob("fr/*.j2")
    }
    found = [
        problem
        for problem in content_lint.problems()
        if str(problem.where).startswith(("content/", "labels:"))
    ]
    assert found == []
