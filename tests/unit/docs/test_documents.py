"""The documents lead where they say, and every line for a shell is run here or checked as far as it can be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from bot.cli import NOUNS
from bot.config import KEYS, SECRETS
from bot.store.models import Base

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
OINP = [sys.executable, "-c", "import sys; from bot.cli import main; main(sys.argv[1:])"]
# Commands that serve until they are stopped; their own tests start them.
SERVE = {"run", "web", "worker", "sandbox"}
# They need the network or a machine that is ours to change.
CHECKED_ONLY = {
    "make", "docker", "kubectl", "systemctl", "install", "cp", "export", "python3", "/opt/trillium/bin/pip", "git",
}  # fmt: skip


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def shell_lines() -> list[tuple[str, str]]:
    found = []
    for path in DOCUMENTS:
        for block in re.findall(r"```(?:sh|bash|console)\n(.*?)```", text_of(path), re.DOTALL):
            lines = [re.sub(r"\s+#\s.*", "", line).strip() for line in block.splitlines()]
            found += [(names(path), line) for line in lines if line and not line.startswith("#")]
    return found


def mentioned_commands() -> set[tuple[str, str]]:
    """`oinp …` in the running text."""
    return {
        (names(path), found)
        for path in DOCUMENTS
        for found in re.findall(
            r"`(oinp [a-z][^`…]*)`", re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
        )
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_link_inside_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(path)):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        aimed = (path.parent / file).resolve() if file else path
        if "pictures" in file and not aimed.exists():
            pytest.skip("the pictures are made at release")
        assert aimed.exists(), target
        if anchor:
            heads = [_anchor(head) for head in re.findall(r"^#+ (.*)$", text_of(aimed), re.MULTILINE)]
            assert anchor in heads, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_block_is_closed_and_every_table_is_even(path: Path) -> None:
    text = text_of(path)
    assert text.count("```") % 2 == 0
    for table in re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.strip().splitlines()}
        assert len(widths) == 1, table


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\b(?:OINP|TELEGRAM)_[A-Z_]+[A-Z]\b", text_of(path)))
    assert named <= {*KEYS, *(f"{key}_FILE" for key in SECRETS)}


def test_the_operators_page_names_every_setting() -> None:
    named = set(re.findall(r"`((?:OINP|TELEGRAM)_[A-Z_]+)`", text_of(ROOT / "docs" / "operator.md")))
    assert set(KEYS) <= named


def test_the_privacy_page_names_every_table_about_people() -> None:
    page = text_of(ROOT / "docs" / "privacy.md")
    about_people = [table.name for table in Base.metadata.sorted_tables if "person_id" in table.columns]
    assert [name for name in (*about_people, "feedback", "audit") if f"`{name}`" not in page] == []


def test_the_documents_name_tests_that_exist() -> None:
    for path in DOCUMENTS:
        for file, function in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text_of(path)):
            assert f"def {function}(" in text_of(ROOT / file), (names(path), function)


def test_the_documents_name_files_that_exist() -> None:
    for path in DOCUMENTS:
        for file in re.findall(
            r"`((?:bot|rules|knowledge|tests|deploy|benchmarks)/[\w./-]+)`", text_of(path)
        ):
            if not re.search(r"NAME|\*|\.env$", file):
                assert (ROOT / file).exists(), (names(path), file)


@cache
def help_of(noun: str, command: str) -> str:
    given = [noun, *([command] if command else []), "--help"]
    environment = os.environ | {"COLUMNS": "250", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run([*OINP, *given], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, (given, done.stderr[-300:])
    return done.stdout


@pytest.mark.parametrize(("document", "said"), sorted(mentioned_commands()), ids=lambda value: value[:40])
def test_every_command_in_the_text_exists_with_its_options(document: str, said: str) -> None:
    _, noun, *rest = said.split()
    assert noun in NOUNS, document
    help_text = help_of(noun, "")
    if rest and re.match(r"[a-z]+$", rest[0]) and re.search(rf"│ {rest[0]}\s", help_text):
        help_text = help_of(noun, rest[0])
    for option in re.findall(r"--[a-z-]+", said):
        assert option in help_text, (document, said)


def test_every_kind_of_shell_line_is_known_here() -> None:
    first = {line.split()[0] for _, line in shell_lines()}
    assert first <= CHECKED_ONLY | {"oinp"}, first


@pytest.mark.parametrize(
    ("document", "line"),
    [one for one in shell_lines() if not one[1].startswith("oinp ")],
    ids=lambda value: value[:50],
)
def test_a_line_that_changes_a_machine_names_what_is_there(document: str, line: str) -> None:
    words = line.split()
    if words[0] == "make":
        for target in (word for word in words[1:] if "=" not in word):
            assert re.search(rf"^{target}:", text_of(ROOT / "Makefile"), re.MULTILINE), line
        return
    for word in words[1:]:
        if word.startswith(("deploy/", "requirements/")) and not word.endswith("deploy/.env"):
            assert (ROOT / word).exists(), (document, line)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def ran(arguments: list[str], folder: Path, source: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "OINP_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(source),
        "COLUMNS": "200",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    return subprocess.run(
        [*OINP, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_the_lines_for_oinp_run_one_after_another(place: Path) -> None:
    """As a person would, in the order of the documents, in an empty folder."""
    assert ran(["db", "upgrade"], place).returncode == 0
    for document, line in shell_lines():
        # The answers of the walk-through are asked below, in the copy that holds them.
        if not line.startswith("oinp ") or line.split()[1] in {*SERVE, "faq"}:
            continue
        done = ran(line.split()[1:], place)
        assert done.returncode == 0, (document, line, done.stdout[-500:], done.stderr[-500:])


def written_by(document: str) -> list[tuple[str, str]]:
    """(file, block) of every YAML block of a walk-through, by the last file its paragraph names."""
    found = []
    parts = re.split(r"```yaml\n(.*?)```", text_of(ROOT / document), flags=re.DOTALL)
    for before, block in zip(parts[::2], parts[1::2], strict=False):
        file = re.findall(r"`((?:rules|knowledge)/[\w./-]+\.yaml)`", before)[-1]
        found.append((file, block))
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's code and content, changed as the walk-throughs say."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("rules", "knowledge", "bot"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_compiled"))
    for file, block in written_by("docs/content-author.md"):
        content = text_of(folder / file)
        if block.startswith("    "):
            content = re.sub(r"(?m)^(?=    stem: )", block, content, count=1)
        else:
            content = content.rstrip("\n") + "\n" + block
        (folder / file).write_text(content, encoding="utf-8")
    return folder


def test_the_walk_throughs_leave_all_content_in_order(copy: Path) -> None:
    done = ran(["check"], copy, copy)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-500:]


def asked(copy: Path, question: str) -> str:
    """What Python answers in the copy."""
    environment = os.environ | {"PYTHONPATH": str(copy)}
    return subprocess.run(
        [sys.executable, "-c", question],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize(("day", "price"), [("2026-11-14", "40"), ("2026-11-15", "45")])
def test_the_rule_of_the_walk_through_is_that_of_the_day(copy: Path, day: str, price: str) -> None:
    question = f"""
from datetime import date
from rules.rulebook import in_force
print(in_force('fee.copy_of_decision', date.fromisoformat('{day}')).value)
"""
    assert asked(copy, question) == price


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["fee for a duplicate decision letter"], "$45 today"),
        (["combien coûte une copie de ma décision", "--lang", "fr"], "45"),
    ],
)
def test_the_answer_of_the_walk_through_is_found(copy: Path, arguments: list[str], says: str) -> None:
    done = ran(["faq", "ask", *arguments], copy, copy)
    assert done.returncode == 0, done.stderr[-500:]
    assert says in done.stdout.replace("\xa0", " "), done.stdout


def test_the_stream_of_the_walk_through_is_recognised(copy: Path) -> None:
    question = """
from knowledge.draws.names import stream_in
print(stream_in('federal', 'Cyber-security occupations (2027)'))
"""
    assert asked(copy, question) == "cybersecurity"
