"""A reference letter against a unit group: duties met and missing, copied wording, particulars that are not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from rapidfuzz import fuzz

from knowledge.noc import splitting
from knowledge.noc.language import answering, detect
from knowledge.noc.match_result import CodeMatch
from knowledge.noc.matching import Matcher
from knowledge.noc.official_texts import OfficialTexts
from knowledge.noc.tokens import words
from knowledge.noc.unit_group import Language

Particular = Literal["title", "dates", "hours", "pay", "contact", "letterhead", "signature"]
TEXTS = Path(__file__).with_name("letter_texts.yaml")
COPIED_RUN = 9
COPIED_LIKENESS = 88.0
SHORTEST_COPY = 5
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avril|mai|juin|juil|août|sept|déc"
SIGNS: Mapping[Particular, re.Pattern[str]] = {
    "title": re.compile(
        r"\b(?:position|title|role|designation|poste|titre|fonction)\b|employ\w* .{0,60}?\b(?:as|comme|à titre)\b"
        r"|work\w* .{0,60}?\bas\b|travaill\w* .{0,60}?\bcomme\b|en (?:tant que|qualité d)",
        re.I | re.S,
    ),
    "dates": re.compile(
        rf"\b(?:{MONTHS})\w*\.?\s+(?:\d{{1,2}},?\s+)?(?:19|20)\d\d\b|\b(?:19|20)\d\d[-/]\d\d?\b"
        r"|(?:since|from|depuis|du|de)\s+(?:19|20)\d\d",
        re.I,
    ),
    "hours": re.compile(r"\b\d{1,2}(?:[.,]\d+)?\s*(?:hours?|hrs?|heures?|h)\b", re.I),
    "pay": re.compile(
        r"[$€₹]|\b(?:CAD|USD|EUR|INR|PHP|salary|wage|remuneration|salaire|rémunération|traitement)\b", re.I
    ),
    "contact": re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:\+?\d[\d\s().-]{7,}\d)", re.I),
    "signature": re.compile(
        r"sincerely|regards|faithfully|yours truly|signature|signed|cordialement|salutations|agréer|signé",
        re.I,
    ),
}
LETTERHEAD = re.compile(
    r"\b(?:inc|ltd|llc|llp|corp|corporation|company|limited|group|gmbh|ltée|enr|s\.?a\.?|university|hospital|college|"
    r"school|services|solutions|technologies|université|hôpital|collège|société|groupe)\b\.?",
    re.I,
)
HEAD_LINES = 6


@dataclass(frozen=True, slots=True)
class Copied:
    """A duty of the letter beside the official one that it repeats."""

    said: str
    official: str


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """`fit` is the letter against the code asked for; `better` are codes that fit its duties better.

    `copied` is None where the official texts are not imported, so that it cannot be said.
    """

    code: str
    language: Language
    said: tuple[str, ...]
    fit: CodeMatch
    better: tuple[str, ...]
    copied: tuple[Copied, ...] | None
    absent: tuple[Particular, ...]

    def messages(self) -> tuple[str, ...]:
        """What to mend, in the language of the check."""
        keys = [*self.absent]
        lines = [text(key, self.language) for key in keys]
        if not self.said:
            lines.insert(0, text("no_duties", self.language))
        if self.copied is None:
            lines.append(text("wording_unchecked", self.language))
        lines += [f"{text('copied', self.language)} {line.said}" for line in self.copied or ()]
        if self.better:
            lines.append(f"{text('elsewhere', self.language)} {', '.join(self.better)}")
        return tuple(lines)


def check(
    letter: str, code: str, matcher: Matcher, official: OfficialTexts | None, language: Language | None = None
) -> LetterCheck:
    """The check of a letter for `code`; raises KeyError where there is no such unit group."""
    told = answering(detect(letter), language)
    said = splitting.split(letter)
    fit = matcher.fit(said, code, told)
    best = matcher.match_said(said, told, top=2).matches if said.duties else ()
    better = tuple(match.code for match in best[:1] if match.code != code)
    duties = tuple(duty.text for duty in said.duties)
    return LetterCheck(
        code=code,
        language=told,
        said=duties,
        fit=fit,
        better=better,
        copied=copied(duties, official, code),
        absent=absent(letter, titled=said.title is not None),
    )


def copied(said: tuple[str, ...], official: OfficialTexts | None, code: str) -> tuple[Copied, ...] | None:
    """The duties that repeat an official one; None where there is none to compare with."""
    group = official.group(code) if official else None
    if group is None:
        return None
    lines = [duty for duties in group.duties.values() for duty in duties]
    found = ((each, next((line for line in lines if repeats(each, line)), None)) for each in said)
    return tuple(Copied(each, line) for each, line in found if line)


def repeats(said: str, official: str) -> bool:
    """Nine words in a row, or nearly the same line."""
    one, other = words(said), words(official)
    if len(one) < SHORTEST_COPY:
        return False
    runs = {other[start : start + COPIED_RUN] for start in range(len(other) - COPIED_RUN + 1)}
    in_a_row = any(one[start : start + COPIED_RUN] in runs for start in range(len(one) - COPIED_RUN + 1))
    return in_a_row or fuzz.ratio(" ".join(one), " ".join(other)) >= COPIED_LIKENESS


def absent(letter: str, *, titled: bool) -> tuple[Particular, ...]:
    """The particulars an officer looks for that the letter does not have."""
    missing: list[Particular] = [name for name, sign in SIGNS.items() if not sign.search(letter)]
    if titled and "title" in missing:
        missing.remove("title")
    head = [line for line in letter.splitlines() if line.strip()][:HEAD_LINES]
    if not any(LETTERHEAD.search(line) for line in head):
        missing.append("letterhead")
    return tuple(missing)


def text(key: str, language: Language) -> str:
    """A fixed text of the check."""
    return texts()[key][language]


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[Language, str]]:
    loaded: Mapping[str, Mapping[Language, str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return loaded
