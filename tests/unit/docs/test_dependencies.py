"""What the project rests on is pinned to the byte, and every threat in SECURITY.md has a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "build.txt"])
def test_every_requirement_is_locked_with_its_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.partition("\n\n")[2] or text)
    wanted = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]
    assert wanted
    for block in wanted:
        head = block.splitlines()[0]
        assert "==" in head, head
        assert "--hash=sha256:" in block, head
        assert "://" not in head, head


def test_what_is_released_is_a_part_of_what_is_tested() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", text, re.MULTILINE))

    assert pins("run.txt").items() <= pins("dev.txt").items()


def test_every_threat_names_tests_that_exist() -> None:
    rows = [
        line
        for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ][2:]
    assert len(rows) >= 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for path, function in named:
            assert re.search(rf"def {function}\(", (ROOT / path).read_text(encoding="utf-8")), (
                path,
                function,
            )
