"""The skeleton of a reference letter for one unit group: our own duties put as questions, nothing to copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from knowledge.noc.unit_group import UnitGroup
from knowledge.reading import read
from rules.rulebook import Cited
from rules.texts import Bilingual, Language

LETTER = Path(__file__).parent / "letter.yaml"


class Letter(Cited):
    """What a letter holds and how its skeleton reads; `ask` turns a duty into a question."""

    must_hold: tuple[Bilingual, ...]
    opening: tuple[Bilingual, ...]
    closing: tuple[Bilingual, ...]
    ask: Bilingual
    ask_in_english: Bilingual


@cache
def letter() -> Letter:
    """The letter as written. Raises DataError with the entry at fault."""
    return read(LETTER, Letter)


def skeleton(group: UnitGroup, language: Language) -> str:
    """The letter as plain text: brackets to fill in, and a numbered question for every duty of the group."""
    known = letter()
    opening = [line.text(language) for line in known.opening]
    closing = [line.text(language) for line in known.closing]
    prompts = [f"{number}. [{question}]" for number, question in enumerate(questions(group, language), 1)]
    return "\n\n".join([*opening, "\n".join(prompts), *closing])


def questions(group: UnitGroup, language: Language) -> tuple[str, ...]:
    """The duties of the group as questions; where they are held in English only, the French question quotes them."""
    foreign = language == "fr" and not group.has_french_duties()
    ask = letter().ask_in_english if foreign else letter().ask
    return tuple(ask.text(language).format(duty=inside(duty)) for duty in group.duties.to(language))


def inside(duty: str) -> str:
    """A duty as it stands inside a sentence: its capital gone, unless the word is one of capitals like SAP."""
    first = duty[:1].lower() if duty[1:2].islower() or not duty[1:2].isalpha() else duty[:1]
    return (first + duty[1:]).rstrip(". ")
