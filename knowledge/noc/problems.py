"""What can be wrong with a text before anything is matched, and what to be careful about after."""

from __future__ import annotations

import re

from knowledge.noc.language import Detected
from knowledge.noc.match_result import Problem
from knowledge.noc.tokens import plain

MOST_WORDS = 3000
LONGEST_NAME = 6
CODE_SIGNS = re.compile(
    r"\bselect\b[^.]{1,200}\bfrom\b\s+\w+(?:\s*;|\s+(?:where|join|limit|group)\b|\s*$)"
    r"|\b(?:insert\s+into|create\s+table|drop\s+table|delete\s+from|update\s+\w+\s+set)\b"
    r"|^\s*(?:def|class|import|from|public|private|function|const|let|var|#include)\b.*[{;:(]"
    r"|^\s*import\s+[\w.]+\s*$|[{};]\s*$|</?\w+[^>]*>|=>|\w+\(\w*\)\s*[;{]"
    r"|\b(?:print|printf|console\.log)\s*\(",
    re.I | re.M,
)
CODE_LINES = 0.5
NO_WORK = (
    "student|retired|retiree|pensioner|unemployed|jobless|job ?seeker|looking for (?:a )?(?:job|work)|homemaker|"
    "housewife|househusband|stay[ -]at[ -]home (?:mom|mum|dad|parent|mother|father)|none|nothing|no job|not working|"
    "tourist|visitor|refugee|volunteer|investor|asylum seeker|"
    "etudiante?|retraitee?|chomeu(?:r|se)|sans emploi|au chomage|(?:femme|homme|mere|pere) au foyer|"
    "en recherche d.?emploi|demandeu(?:r|se) d.?emploi|aucun|rien|touriste|visiteu(?:r|se)|benevole"
)
NOT_AN_OCCUPATION = re.compile(
    r"^(?:i am |i'm |im |i’m |je suis |currently )?(?:an? |un |une |le |la )?"
    r"(?:full[ -]time |part[ -]time |international |university |college |high school |phd |grad(?:uate)? )?"
    rf"(?:{NO_WORK})s?[.! ]*$"
)
TWO_JOBS = re.compile(
    r"\b(?:second|2nd|other|another|deuxieme|autre) (?:job|position|role|employer|emploi|poste|employeur)\b|"
    r"\b(?:two|2|deux) (?:different |part[ -]time )?(?:jobs|positions|roles|emplois|postes)\b|"
    r"\bjob (?:1|one|2|two)\b|\bposition (?:1|2)\b|\bposte (?:1|2)\b"
)
EMPLOYED_AS = re.compile(r"\b(?:employed|worked|working|travaille|employee?) (?:\w+ ){0,6}?(?:as|comme)\b")
TITLE_LINE = re.compile(r"^\s*(?:job title|position(?: title)?|poste|titre)\s*[:=]", re.I | re.M)


def in_text(text: str, language: Detected) -> Problem | None:
    """What keeps a text from being matched; None where it can be."""
    bare = text.strip()
    if not bare:
        return "empty"
    if not any(sign.isalpha() for sign in bare) or len(bare) < 2:
        return "too_short"
    if NOT_AN_OCCUPATION.match(plain(bare)):
        return "not_an_occupation"
    if is_code(bare):
        return "code"
    return "other_language" if language == "other" else None


def is_code(text: str) -> bool:
    """Source code or SQL: most lines look like it."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(bool(CODE_SIGNS.search(line)) for line in lines) >= max(1, CODE_LINES * len(lines))


def about_two_jobs(text: str) -> bool:
    """Whether a text tells of two jobs, which must be matched one by one."""
    told = plain(text)
    return (
        bool(TWO_JOBS.search(told)) or len(EMPLOYED_AS.findall(told)) > 1 or len(TITLE_LINE.findall(text)) > 1
    )


def shortened(text: str) -> tuple[str, bool]:
    """The beginning of a very long text, and whether anything was left out."""
    found = list(re.finditer(r"\S+", text[: MOST_WORDS * 40]))
    if len(found) <= MOST_WORDS and len(text) <= MOST_WORDS * 40:
        return text, False
    return text[: found[min(len(found), MOST_WORDS) - 1].end()] if found else "", True
