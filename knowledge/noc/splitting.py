"""From what somebody pasted to the duties in it: each with its share of the time, greetings and addresses dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.noc.letter_wording import CLOSING, LEAD_IN, NO_DUTY, SALUTATION, TITLE_LABEL

BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦●○‣⁃➢➤✓✔►▶■□§+]+|\(?\d{1,2}[.)](?!\d)|\(?[a-hA-H][.)])\s*")
INLINE_BULLET = re.compile(r"\s*[•▪◦●○‣➢➤✓✔►▶■]\s*")
NUMBER_INSIDE = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s+(?=[^\W\d_])")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“«(]?[^\W\d_])|\s*;\s+|\s+[–—]\s+(?=[A-Z])")
ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|approx|incl|dept|mr|mrs|ms|dr|inc|ltd|co|vs|p\.\s?ex|sr|jr|no|st)\.$", re.I
)
PERCENT = r"(?:about |around |environ |~ ?|approx\.? )?\(?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%\)?"
OF_TIME = r"(?:of (?:my|the) (?:time|day|work|job)|(?:de|du) (?:mon |ma )?(?:temps|journée|travail))"
PERCENT_FIRST = re.compile(
    rf"^{PERCENT}[\s:,\-–]*{OF_TIME}?\s*(?:(?:is|are|on|to|à|en|de)\b)?\s*[:\-–]?\s*", re.I
)
PERCENT_LAST = re.compile(rf"[\s:,\-–]*{PERCENT}(?:\s*{OF_TIME})?[.,;]?$", re.I)
PERCENT_ANYWHERE = re.compile(r"(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?\s?%")
FIRST_PERSON = re.compile(r"\b(?:i|my|we|je|mon|mes|nous)\b|\bj['’]", re.I)
LONGEST_TITLE = 7
MOST_DUTIES = 60
CLAUSES_FROM = 10
SHORTEST_CLAUSE = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing somebody does, in their words; `share` of the working time, all shares together 1."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Said:
    """A pasted text taken apart: the title line where there is one, and the duties."""

    title: str | None
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or sentence on its way to a duty; `percent` where the person gave one."""

    text: str
    percent: float | None = None


def split(text: str) -> Said:
    """The duties of a text; a text without any gives none."""
    lines = [line for line in text.splitlines() if line.strip()]
    title, lines = take_title(lines)
    joined = joined_lines(body_of(lines))
    pieces = [piece for line in joined for piece in pieces_of(line)]
    return Said(title, shared(pieces[:MOST_DUTIES]))


def take_title(lines: list[str]) -> tuple[str | None, list[str]]:
    """The title where a line says it is one, or where a short first line stands above bullets."""
    for place, line in enumerate(lines[:12]):
        labelled = TITLE_LABEL.match(line)
        if labelled:
            return labelled.group(1).strip(" .:"), lines[:place] + lines[place + 1 :]
    if len(lines) > 1 and is_title_line(lines[0]) and sum(bool(BULLET.match(line)) for line in lines[1:]):
        return lines[0].strip(" .:-–"), lines[1:]
    return None, lines


def reads_like_duties(text: str) -> bool:
    """Whether a short line tells what somebody does: a percentage, a first person, several clauses."""
    several = len(re.split(r"[,;]\s+", text)) > 2 or bool(BULLET.match(text))
    return several or bool(PERCENT_ANYWHERE.search(text) or FIRST_PERSON.search(text))


def is_title_line(line: str) -> bool:
    bare = line.strip()
    short = 1 <= len(bare.split()) <= LONGEST_TITLE and not bare.endswith((".", "!", "?", ";"))
    return short and not BULLET.match(bare) and not NO_DUTY.search(bare) and not PERCENT_ANYWHERE.search(bare)


def body_of(lines: list[str]) -> list[str]:
    """A letter between its greeting and its closing; any other text as it is."""
    start = next((place for place, line in enumerate(lines) if SALUTATION.search(line)), None)
    end = next((place for place, line in enumerate(lines) if place and CLOSING.search(line)), len(lines))
    return lines[0 if start is None or start >= end else start : end]


def joined_lines(lines: list[str]) -> list[str]:
    """Lines that a mail program broke, put together again: a line that starts small goes on with the one before."""
    joined: list[str] = []
    for line in lines:
        goes_on = joined and not BULLET.match(line) and line.lstrip()[:1].islower()
        if goes_on and len(joined[-1]) > 60 and not joined[-1].rstrip().endswith((".", ";", ":")):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return joined


def pieces_of(line: str) -> list[Piece]:
    """The duties of one line: numbered inside, bulleted inside, by sentences, by percentages, by clauses."""
    is_bullet = bool(BULLET.match(line))
    body = LEAD_IN.sub("", BULLET.sub("", line).strip())
    parts = [part for bullet in INLINE_BULLET.split(body) for part in by_number(bullet)]
    sentences = [sentence for part in parts for sentence in by_sentence(part)]
    pieces = [piece for sentence in sentences for piece in by_percent(sentence, clauses=not is_bullet)]
    return [piece for piece in map(cleaned, pieces) if piece]


def by_number(text: str) -> list[str]:
    """ "1. Collect … 2. Design …" cut at its numbers, where they count up from one or two."""
    found = list(NUMBER_INSIDE.finditer(text))
    numbers = [int(match.group(1)) for match in found]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 2:
        return [text]
    cuts = [0, *(match.start() for match in found), len(text)]
    return [NUMBER_INSIDE.sub("", text[start:end]).strip() for start, end in pairwise(cuts)]


def by_sentence(text: str) -> list[str]:
    sentences: list[str] = []
    for part in SENTENCE.split(text):
        if sentences and ABBREVIATION.search(sentences[-1]):
            sentences[-1] = f"{sentences[-1]} {part}"
        else:
            sentences.append(part)
    return [sentence for sentence in sentences if sentence.strip()]


def by_percent(sentence: str, *, clauses: bool) -> list[Piece]:
    """A sentence cut at its percentages, before or behind each, or at its clauses where it has none."""
    if len(PERCENT_ANYWHERE.findall(sentence)) >= 2:
        parts = re.split(r"[,;/]\s*|\s+(?:and|et|\+|&)\s+(?=[^,;]*\d\s?%)", sentence)
        if sum(bool(percent_of(part)) for part in parts if part) >= 2:
            return merged_percents([with_percent(part) for part in parts if part and part.strip()])
    if clauses and len(sentence.split()) >= CLAUSES_FROM:
        return [with_percent(clause) for clause in by_clause(sentence)]
    return [with_percent(sentence)]


def merged_percents(pieces: list[Piece]) -> list[Piece]:
    """ "60 % coding, testing, 40 % design": what has no percentage of its own belongs to the one before."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.percent is None:
            merged[-1] = Piece(f"{merged[-1].text}, {piece.text}", merged[-1].percent)
        else:
            merged.append(piece)
    return merged


def with_percent(text: str) -> Piece:
    share = percent_of(text)
    if share is None:
        return Piece(text)
    return Piece(PERCENT_LAST.sub("", PERCENT_FIRST.sub("", text.strip(" (-–"))), share)


def percent_of(text: str) -> float | None:
    """The percentage a text starts or ends with; "cut costs by 30 % over the year" is none."""
    bare = text.strip(" (-–")
    edge = PERCENT_FIRST.match(bare) or PERCENT_LAST.search(bare)
    if not edge or re.search(
        r"\b(?:by|over|than|up to|least|de plus|reach\w*|achiev\w*)\s*$", bare[: edge.start()]
    ):
        return None
    found = PERCENT_ANYWHERE.search(edge.group())
    if not found:
        return None
    low, high = float(found.group(1)), float(found.group(2) or found.group(1))
    return min(100.0, (low + high) / 2)


def by_clause(sentence: str) -> list[str]:
    """A long sentence of commas as its clauses; a clause too short to be a duty stays with the one before."""
    clauses: list[str] = []
    for part in re.split(r",\s+", sentence):
        if clauses and (len(part.split()) < SHORTEST_CLAUSE or len(clauses[-1].split()) < SHORTEST_CLAUSE):
            clauses[-1] = f"{clauses[-1]}, {part}"
        else:
            clauses.append(part)
    return clauses


def cleaned(piece: Piece) -> Piece | None:
    text = re.sub(r"\s+", " ", piece.text).strip(" \t,;:-–•")
    if not any(sign.isalpha() for sign in text) or NO_DUTY.search(text):
        return None
    return Piece(text, piece.percent)


def shared(pieces: list[Piece]) -> tuple[Duty, ...]:
    """Shares that sum to one: what was given, and the rest of the time evenly over the others."""
    given = sum(piece.percent for piece in pieces if piece.percent is not None)
    open_ones = sum(piece.percent is None for piece in pieces)
    rest = max(100.0 - given, 0.0) if given else 100.0
    if given and open_ones and rest < 5.0 * open_ones:
        rest = 5.0 * open_ones
    each = rest / open_ones if open_ones else 0.0
    weights = [each if piece.percent is None else piece.percent for piece in pieces]
    total = sum(weights)
    if not total:
        return tuple(Duty(piece.text, 1 / len(pieces)) for piece in pieces)
    return tuple(
        Duty(piece.text, weight / total) for piece, weight in zip(pieces, weights, strict=True) if weight
    )
