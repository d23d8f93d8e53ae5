"""The questions people ask and their answers: search by anybody's wording, an answer for a day and a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from knowledge.artefact import compiled
from knowledge.draws.draw import Draw
from knowledge.faq import words
from knowledge.faq.answering import FaqAnswer, answer
from knowledge.faq.entry import ENTRIES, Entry, read_entries
from knowledge.faq.ranking import Counted, Ranked, Ranker
from knowledge.faq.spelling import Speller
from rules.profile import Profile
from rules.texts import LANGUAGES, Language

__all__ = ["FaqAnswer", "FaqIndex", "FaqResult", "load_faq"]

Outside = Literal["other_program", "legal_advice", "chit_chat", "abuse"]
OUTSIDE: frozenset[str] = frozenset(get_args(Outside))
HERE = Path(__file__).parent
SHOWN = 5
STARTERS = 8
LEAST = 0.2
SURE = 0.34
DOUBTFUL = 0.55
SURE_WITHOUT_SUBJECT = 0.5
FEW_WORDS = 0.4
MOST_WORDS = 0.6
"""How sure the ranking and how familiar the words must be; found on the labelled questions."""
ELSEWHERE = frozenset(
    (
        "asylum", "visitor", "study_permit", "other_country", "sponsorship", "citizenship", "greeting", "insult",
        "smalltalk", "newcomer_life", "court", "other_paths",
    )
)  # fmt: skip
"""The concepts that speak against a question belonging here."""
_MARK = "outside:"
_PLEASANTRIES = frozenset({_MARK + "chit_chat", _MARK + "abuse"})


@dataclass(frozen=True, slots=True)
class FaqResult:
    """What a search found. `entries` are slugs, best first, empty where the question is not answered here.

    `out_of_scope` says what kind of question it is where it belongs elsewhere, None where it is only unknown.
    """

    entries: tuple[str, ...]
    answered: bool
    out_of_scope: Outside | None


@dataclass(frozen=True, slots=True)
class About:
    """What a question speaks of: how many subjects of this bot and how many that belong elsewhere, greetings aside.

    `known` is the share of its words, those of grammar aside, that the phrasings here have too.
    """

    subjects: int
    elsewhere: int
    known: float


class FaqIndex:
    """Every entry, ready to be searched and rendered."""

    def __init__(self, entries: Mapping[str, Entry], ranker: Ranker) -> None:
        self._entries = entries
        self._ranker = ranker
        asked = [text for entry in entries.values() for text in entry.ways.all]
        self._inside = frozenset(word for text in asked for word in words.plain(text).split())
        elsewhere = (
            word for said in words.outside().values() for text in said for word in words.plain(text).split()
        )
        self._speller = Speller((*self._inside, *elsewhere, *words.single_words()))

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def has(self, slug: str) -> bool:
        return slug in self._entries

    def title(self, slug: str, lang: Language) -> str:
        return self._entries[slug].named(lang)

    def related(self, slug: str) -> tuple[str, ...]:
        return self._entries[slug].related

    def covers(self, slug: str) -> tuple[int, ...]:
        """The numbers of the fact base's questions that the entry answers."""
        return self._entries[slug].covers

    def starters(self, lang: Language) -> tuple[tuple[str, str], ...]:
        """The questions offered before anything is typed, as (slug, title)."""
        chosen = [entry for entry in self._entries.values() if entry.starter is not None]
        chosen.sort(key=lambda entry: entry.starter or 0)
        return tuple((entry.slug, entry.named(lang)) for entry in chosen[:STARTERS])

    def search(self, text: str, lang: Language | None = None) -> FaqResult:  # noqa: ARG002 - see below
        """The entries for a question in any mixture of the languages.

        `lang`, the language of the chat, decides nothing: people mix languages, and switch without saying so.
        """
        asked = self._speller.mended(words.plain(text).split())
        return decided(self._ranker.rank(*features_of(asked)), self._about(asked))

    def _about(self, asked: list[str]) -> About:
        content = [word for word in asked if words.stem(word) not in words.grammar()]
        known = sum(word in self._inside for word in content) / len(content) if content else 0.0
        named = words.concepts_in(asked)
        return About(len(named - ELSEWHERE), len(named & ELSEWHERE - {"greeting"}), known)

    def answer(
        self,
        slug: str,
        lang: Language,
        today: date,
        profile: Profile | None = None,
        draws: Sequence[Draw] | None = None,
    ) -> FaqAnswer:
        """The entry as it stands on that day. Raises KeyError for an unknown slug.

        `draws` are the newest known ones; without them the record that ships with the bot is taken.
        """
        return answer(self._entries[slug], lang, today, profile, draws)


def decided(ranked: Ranked, about: About) -> FaqResult:
    """From scores to a result: the best class decides, unless the subjects speak clearly against it."""
    first, score = preferred(ranked, about)
    if not belongs(score, about):
        return FaqResult((), False, None)
    if first.startswith(_MARK):
        return FaqResult((), False, cast("Outside", first.removeprefix(_MARK)))
    entries = tuple(name for name, _ in ranked.order if not name.startswith(_MARK))[:SHOWN]
    return FaqResult(entries, True, None)


def preferred(ranked: Ranked, about: About) -> tuple[str, float]:
    """The class to go by, and its score."""
    first, score = ranked.order[0]
    if first in _PLEASANTRIES and about.subjects > 1 and not about.elsewhere:
        # "hello sir, …": the greeting is loud, and the question comes after it
        return next(pair for pair in ranked.order if not pair[0].startswith(_MARK))
    if not first.startswith(_MARK) and score < DOUBTFUL and about.elsewhere > about.subjects:
        return next(pair for pair in ranked.order if pair[0].startswith(_MARK))
    return first, score


def belongs(score: float, about: About) -> bool:
    """Whether a question has to do with what is known here: a near phrasing, or subjects and words known."""
    if score < LEAST:
        return False
    if about.subjects:
        return score >= SURE or about.known >= FEW_WORDS
    return score >= SURE_WITHOUT_SUBJECT or (score >= SURE and about.known >= MOST_WORDS)


@lru_cache(maxsize=1)
def load_faq() -> FaqIndex:
    """All entries with their search, made once per process. Raises DataError for a fault in the content."""
    entries = read_entries()

    def build() -> bytes:
        examples = [(name, features_of(words.plain(text).split())) for name, text in labelled(entries)]
        return Ranker.trained(examples, words.importance).to_bytes()

    made_of = [*ENTRIES.glob("*.yaml"), *words.SEARCH.glob("*.yaml"), *HERE.glob("*.py")]
    return FaqIndex(entries, Ranker.from_bytes(compiled("faq", made_of, build)))


def labelled(entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Every known phrasing with what it asks for: an entry, or a kind of question that belongs elsewhere."""
    inside = [
        (slug, text)
        for slug, entry in entries.items()
        for text in (*(entry.title.text(lang) for lang in LANGUAGES), *entry.ways.all)
    ]
    return inside + [(_MARK + kind, text) for kind, said in words.outside().items() for text in said]


def features_of(asked: list[str]) -> tuple[Counted, Counted]:
    """The word features and the letter features of a question's words."""
    return words.features(asked), words.letters(asked)
