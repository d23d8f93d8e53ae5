"""The compiled index: every text of every unit group as numbers, built once and read in a blink."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.noc.everyday import Everyday
from knowledge.noc.postings import (
    Floats,
    Numbers,
    Odds,
    Postings,
    bm25,
    cosine,
    inverse_frequency,
    likelihood,
)
from knowledge.noc.tokens import stems
from knowledge.noc.unit_group import Language, UnitGroup

Kind = Literal["title", "duty", "lead", "work"]
VERSION = "4"
SATURATION, LENGTH = 1.2, 0.5
SMOOTHING = 0.25
# The levels of the classification above the unit group, by the digits of the code they share.
LEVELS = (4, 3, 2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a unit group; `official` when it was imported."""

    code: str
    kind: Kind
    language: Language
    text: str
    official: bool = False


@dataclass(frozen=True, slots=True)
class Strings:
    """Short texts, each of one group, with their tf-idf rows."""

    texts: tuple[str, ...]
    groups: Numbers
    french: Numbers
    cosine: Postings


@dataclass(frozen=True, slots=True)
class Index:
    """`duties` and `titles` score whole groups by words, `odds` the same by likelihood, per level of
    the classification (5 digits: the unit group itself; `above` gives each group's place on a level). The strings find
    single texts: titles, duties (which stand as evidence), and all that is told of the work.
    """

    codes: tuple[str, ...]
    terms: Mapping[str, int]
    idf: Floats
    duties: Postings
    titles: Postings
    odds: Mapping[int, Odds]
    above: Mapping[int, Numbers]
    title_strings: Strings
    duty_strings: Strings
    told_strings: Strings

    def ids(self, words: Iterable[str]) -> list[int]:
        """The numbers of the words the index knows."""
        return [self.terms[word] for word in words if word in self.terms]


def everyday_entries(words: Mapping[str, Everyday]) -> Iterable[Entry]:
    """What people say about their jobs, beyond the cards."""
    for code, said in words.items():
        yield from (Entry(code, "title", "en", title) for title in said.titles)
        yield from (Entry(code, "work", "en", phrase) for phrase in said.work)


def entries_of(group: UnitGroup) -> Iterable[Entry]:
    """The project's own texts of a unit group, both languages."""
    for language in ("en", "fr"):
        for title in (group.title.to(language), *group.titles.to(language)):
            yield Entry(group.code, "title", language, title)
        if language == "en" or group.has_french_duties():
            for duty in group.duties.to(language):
                yield Entry(group.code, "duty", language, duty)
            yield Entry(group.code, "lead", language, group.lead.to(language))


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts with their words as numbers; `place` numbers the groups, `terms` the words."""

    entries: Sequence[Entry]
    ids: Sequence[Sequence[int]]
    place: Mapping[str, int]
    terms: Mapping[str, int]


def build(entries: Sequence[Entry], codes: Sequence[str]) -> bytes:
    """The index of the entries as one file of arrays."""
    corpus = corpus_of(entries, codes)
    terms = len(corpus.terms)
    telling = document_counts(corpus, ("duty", "lead", "work"))
    naming = document_counts(corpus, ("title",))
    both = [told + named for told, named in zip(telling, naming, strict=True)]
    idf = inverse_frequency(both, terms)
    arrays: dict[str, NDArray[Any]] = {
        "meta": as_bytes({"codes": list(codes), "terms": list(corpus.terms)}),
        "idf": idf,
        **bm25(telling, terms, SATURATION, LENGTH).arrays("duties"),
        **bm25(naming, terms, SATURATION, LENGTH).arrays("titles"),
        **odds_by_level(both, codes, terms),
        **strings(corpus, idf, ("title",), "title_strings"),
        **strings(corpus, idf, ("duty", "lead"), "duty_strings"),
        **strings(corpus, idf, ("duty", "lead", "work"), "told_strings"),
    }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def corpus_of(entries: Sequence[Entry], codes: Sequence[str]) -> Corpus:
    stemmed = [stems(entry.text) for entry in entries]
    terms = {
        term: number for number, term in enumerate(sorted({term for words in stemmed for term in words}))
    }
    ids = [[terms[word] for word in words] for words in stemmed]
    return Corpus(entries, ids, {code: number for number, code in enumerate(codes)}, terms)


def document_counts(corpus: Corpus, kinds: tuple[Kind, ...]) -> list[Counter[int]]:
    """How often each group says each word, in its texts of those kinds."""
    counts: list[Counter[int]] = [Counter() for _ in corpus.place]
    for entry, words in zip(corpus.entries, corpus.ids, strict=True):
        if entry.kind in kinds:
            counts[corpus.place[entry.code]].update(words)
    return counts


def odds_by_level(
    counts: Sequence[Counter[int]], codes: Sequence[str], terms: int
) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for digits in (5, *LEVELS):
        names = sorted({code[:digits] for code in codes})
        place = {name: number for number, name in enumerate(names)}
        documents: list[Counter[int]] = [Counter() for _ in names]
        for code, count in zip(codes, counts, strict=True):
            documents[place[code[:digits]]].update(count)
        odds = likelihood(documents, terms, SMOOTHING)
        arrays |= odds.known.arrays(f"odds{digits}")
        arrays[f"odds{digits}.offsets"] = odds.offsets
        arrays[f"odds{digits}.above"] = np.array([place[code[:digits]] for code in codes], dtype=np.int32)
    return arrays


def strings(corpus: Corpus, idf: Floats, kinds: tuple[Kind, ...], name: str) -> dict[str, NDArray[Any]]:
    """The single texts of those kinds; one text told twice by a group stands once."""
    chosen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(corpus.entries):
        if entry.kind in kinds:
            chosen.setdefault((entry.code, entry.text.casefold()), number)
    numbers = list(chosen.values())
    told = [corpus.entries[number] for number in numbers]
    return {
        f"{name}.texts": as_bytes([entry.text for entry in told]),
        f"{name}.groups": np.array([corpus.place[entry.code] for entry in told], dtype=np.int32),
        f"{name}.french": np.array([entry.language == "fr" for entry in told], dtype=np.int32),
        **cosine([corpus.ids[number] for number in numbers], idf).arrays(f"{name}.cosine"),
    }


def read(content: bytes) -> Index:
    """The index from the bytes `build` gave."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    meta = from_bytes(arrays["meta"])
    codes = tuple(meta["codes"])
    return Index(
        codes=codes,
        terms={term: number for number, term in enumerate(meta["terms"])},
        idf=arrays["idf"],
        duties=postings(arrays, "duties", len(codes)),
        titles=postings(arrays, "titles", len(codes)),
        odds={digits: read_odds(arrays, digits) for digits in (5, *LEVELS)},
        above={digits: arrays[f"odds{digits}.above"] for digits in (5, *LEVELS)},
        title_strings=read_strings(arrays, "title_strings"),
        duty_strings=read_strings(arrays, "duty_strings"),
        told_strings=read_strings(arrays, "told_strings"),
    )


def read_odds(arrays: Mapping[str, NDArray[Any]], digits: int) -> Odds:
    offsets = arrays[f"odds{digits}.offsets"]
    return Odds(postings(arrays, f"odds{digits}", len(offsets)), offsets)


def read_strings(arrays: Mapping[str, NDArray[Any]], name: str) -> Strings:
    texts = tuple(from_bytes(arrays[f"{name}.texts"]))
    return Strings(
        texts,
        arrays[f"{name}.groups"],
        arrays[f"{name}.french"],
        postings(arrays, f"{name}.cosine", len(texts)),
    )


def postings(arrays: Mapping[str, NDArray[Any]], name: str, height: int) -> Postings:
    return Postings(arrays[f"{name}.starts"], arrays[f"{name}.rows"], arrays[f"{name}.weights"], height)


def as_bytes(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), dtype=np.uint8)


def from_bytes(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
