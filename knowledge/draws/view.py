"""Draws as a person asks for them: filtered by program, stream, year, occupation or words, on one scale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.draws.draw import Draw
from knowledge.draws.names import names, program_name, region_name, stream_name, target_name

WORDS = re.compile(r"[\w'’-]+")
IGNORED = {
    *("draw", "draws", "round", "rounds", "with", "for", "the", "of", "in", "on", "noc"),
    *("tirage", "tirages", "ronde", "rondes", "avec", "pour", "de", "la", "le", "les", "des", "du", "cnp"),
}
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is None or empty does not matter. `code` is a NOC code."""

    program: str | None = None
    stream: str | None = None
    year: int | None = None
    code: str | None = None
    region: str | None = None
    words: tuple[str, ...] = ()

    def fits(self, draw: Draw) -> bool:
        plain = (
            self.program in (None, draw.program)
            and self.stream in (None, draw.stream)
            and self.year in (None, draw.date.year)
            and self.region in (None, draw.region)
            and (self.code is None or self.code in draw.codes)
        )
        return plain and (not self.words or all(word in described(draw) for word in self.words))


def wanted(text: str) -> Wanted:
    """What a person's words ask for: a year, a NOC code, a stream by its name or key, the rest as words."""
    words = [word.lower() for word in WORDS.findall(text)]
    code = next((word for word in words if re.fullmatch(r"\d{5}", word)), None)
    year = next((int(word) for word in words if re.fullmatch(r"20[12]\d", word)), None)
    rest = [word for word in words if word not in {code, str(year)} and word not in IGNORED]
    return Wanted(year=year, code=code, words=tuple(rest))


def matching(draws: Iterable[Draw], asked: Wanted) -> tuple[Draw, ...]:
    return tuple(draw for draw in draws if asked.fits(draw))


def described(draw: Draw) -> str:
    """Everything a draw can be found by, in both languages, lower case."""
    said = [draw.name, draw.stream.replace("_", " "), draw.region or ""]
    for language in LANGUAGES:
        said += [program_name(draw.program, language), stream_name(draw.program, draw.stream, language)]
        said += [region_name(draw.region, language)] if draw.region else []
        said += [target_name(target, language) for target in draw.targets]
    return " ".join(said).lower()


def cut_offs(draws: Sequence[Draw], grid: str) -> tuple[tuple[date, int], ...]:
    """(day, lowest score) of the draws on that scale, oldest first."""
    points = [
        (draw.date, draw.score_min) for draw in draws if draw.grid == grid and draw.score_min is not None
    ]
    return tuple(sorted(points))


def streams_of(program: str) -> tuple[str, ...]:
    """The streams a program's draws can be of, in the order they are shown."""
    return tuple(names()["streams"].get(program, {}))
