"""The codes of NOC 2021 and what can be read off them: training level (TEER) and broad category."""

from __future__ import annotations

from functools import cache

from rules.rulebook import document


@cache
def codes() -> frozenset[str]:
    """All unit groups, as five digits."""
    groups = document("noc_codes")["groups"]
    return frozenset(major + rest for major, rests in groups.items() for rest in rests.split())


def exists(code: str) -> bool:
    return code in codes()


def teer(code: str) -> int:
    """Training, education, experience and responsibilities: 0 (management) to 5; the second digit."""
    return int(code[1])


def category(code: str) -> int:
    """Broad occupational category, 0 to 9; the first digit. IT managers (20012) are category 2, TEER 0."""
    return int(code[0])


def major_group(code: str) -> str:
    """The first two digits; `00` are legislators and senior managers."""
    return code[:2]
