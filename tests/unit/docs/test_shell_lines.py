"""Every line for a shell in the documents is run in an empty folder, or stands on a list that says why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.docs.reading import DOCUMENTS, ROOT, Line, name_of, oinp, shell_lines, text_of

# The first words of the lines that are not run here. What can be checked without running them is.
NOT_RUN = {
    "make": "it builds, serves or tests the whole project; its targets are checked to exist",
    "export": "it sets the reader's own token or number; the setting is checked to exist",
    "docker": "it needs a container engine; the files it names are checked to exist",
    "kubectl": "it needs a cluster; the files it names are checked to exist",
    "systemctl": "it changes the machine's services",
    "install": "it writes into folders of root; the files it names are checked to exist",
    "cp": "it prepares a deployment; the files it names are checked to exist",
    "python3": "it builds an environment in a folder of root",
    "/opt/trillium/bin/pip": "it needs the network; the files it names are checked to exist",
    "sudo": "it acts as another user",
    "oinp run": "it serves until it is stopped; tests/integration/test_run.py starts it",
    "oinp web": "it serves until it is stopped; tests/integration/test_web.py starts it",
    "oinp worker": "it serves until it is stopped; tests/integration/test_alerts_faults.py starts it",
    "oinp sandbox": "it serves until it is stopped; tests/unit/sandbox starts it",
    "oinp noc import --download": "it needs the network; tests/unit/noc imports files",
    "oinp rules import-wages": "it needs the official file; tests/unit/cli and tests/unit/rules import one",
    "oinp noc import": "it needs the official files; tests/unit/noc imports some",
    "oinp draws approve": "it needs a draw that waits; tests/integration/test_alerts_story.py approves one",
    "oinp draws sync": "it needs a page; tests/integration/test_alerts_watch.py reads one",
}
# Its commands are run where its changes are made.
ELSEWHERE = "docs/content-author.md"
MADE_BY_THE_READER = {"deploy/.env"}


def reason_not_to_run(line: Line) -> str | None:
    return next((why for start, why in NOT_RUN.items() if f"{line.text} ".startswith(f"{start} ")), None)


def test_the_lines_for_oinp_run_one_after_another(tmp_path: Path) -> None:
    """As a person would, in the order of the documents, in an empty folder."""
    lines = [line for line in shell_lines() if reason_not_to_run(line) is None and line.document != ELSEWHERE]
    assert len(lines) >= 5
    assert {line.words[0] for line in lines} == {"oinp"}, "neither run here nor on the list of those not run"
    _, *results = oinp([["db", "upgrade"], *(line.words[1:] for line in lines)], tmp_path)
    for line, (code, said) in zip(lines, results, strict=True):
        assert code == 0, (line, said[-800:])


def test_every_reason_not_to_run_a_line_has_a_line() -> None:
    known = [line.text for line in shell_lines()]
    optional = {"sudo", "oinp worker", "oinp sandbox", "oinp draws approve", "oinp draws sync", "export"}
    for start in NOT_RUN.keys() - optional:
        mentioned = any(start in text_of(path) for path in DOCUMENTS)
        assert mentioned or any(line.startswith(start) for line in known), start


@pytest.mark.parametrize(
    "line", [line for line in shell_lines() if reason_not_to_run(line)], ids=lambda line: line.text[:50]
)
def test_a_line_that_is_not_run_names_what_is_there(line: Line) -> None:
    words = [word for word in line.words[1:] if "=" not in word]
    if line.words[0] == "make":
        for target in words:
            assert re.search(rf"^{target}:", text_of(ROOT / "Makefile"), re.MULTILINE), line
    for word in words:
        if word.startswith(("deploy/", "requirements/")) and word not in MADE_BY_THE_READER:
            assert (ROOT / word).exists(), line


def mentioned_commands() -> set[tuple[str, str]]:
    """`oinp …` in the running text."""
    return {
        (name_of(path), found)
        for path in DOCUMENTS
        for found in re.findall(
            r"`(oinp [a-z][^`…]*)`", re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
        )
    } | {(line.document, line.text) for line in shell_lines() if line.words[0] == "oinp"}


def asks_for_help(said: str) -> list[str]:
    """The command that explains `said`: a noun, and its verb where the next word is one."""
    _, noun, *rest = said.split()
    groups = ("noc", "faq", "draws", "alerts", "db", "rules")
    verb = rest[:1] if noun in groups and rest and re.fullmatch(r"[a-z-]+", rest[0]) else []
    return [noun, *verb, "--help"]


def test_every_command_that_is_named_exists_with_its_options(tmp_path: Path) -> None:
    named = sorted(mentioned_commands())
    wanted = sorted({tuple(asks_for_help(said)) for _, said in named})
    helps = dict(zip(wanted, oinp(wanted, tmp_path), strict=True))
    assert len(wanted) >= 10
    for document, said in named:
        code, text = helps[tuple(asks_for_help(said))]
        assert code == 0, (document, said, text[-300:])
        for option in re.findall(r"--[a-z][a-z-]+", said):
            assert option in text, (document, said, option)
