"""From what somebody says about their work to unit groups, with evidence for each and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.artefact import compiled
from knowledge.noc import catalogue, everyday, index, problems, settings, splitting, vocabulary
from knowledge.noc.catalogue import Catalogue
from knowledge.noc.confidence import confidence, probabilities, told_by
from knowledge.noc.evidence import Comparison
from knowledge.noc.index import Index
from knowledge.noc.language import answering as answering_language
from knowledge.noc.language import detect
from knowledge.noc.match_result import (
    CodeMatch,
    Confidence,
    DecidingQuestion,
    Disagreement,
    MatchResult,
    Problem,
)
from knowledge.noc.official_texts import read as read_official
from knowledge.noc.postings import Floats
from knowledge.noc.retrieval import Query, Retrieval
from knowledge.noc.settings import Settings
from knowledge.noc.splitting import Duty, Said
from knowledge.noc.tokens import plain
from knowledge.noc.unit_group import Language, UnitGroup
from knowledge.noc.vocabulary import Vocabulary

LONGEST_TITLE = 8
CLOSE = 0.35
DISAGREES_FROM = 0.35
DISAGREES_UP_TO = 0.05


class Matcher:
    """Matches texts to unit groups. Loaded once, used from any number of threads."""

    def __init__(
        self,
        groups: Catalogue,
        loaded: Index,
        meanings: Vocabulary | None = None,
        constants: Settings | None = None,
    ) -> None:
        self._groups = groups
        self._settings = constants or settings.load()
        self.retrieval = Retrieval(loaded, meanings or vocabulary.load(), self._settings)
        self._comparison = Comparison(loaded.idf)
        self._told: dict[str, Mapping[str, Sequence[Query]]] = {}

    def match(
        self, text: str, title: str | None = None, language: Language | None = None, top: int = 5
    ) -> MatchResult:
        """The best `top` codes for duties, a title, or both.

        `language` is the one of the chat: evidence and missing duties are in it; the text's own where it is None.
        """
        text, cut = problems.shortened(text)
        said_in = detect(text or title or "")
        answering = answering_language(said_in, language)
        whole = f"{title or ''}\n{text}".strip()
        problem = problems.in_text(whole, said_in)
        if problem:
            return MatchResult(answering, problem=problem)
        said = take_apart(text, title)
        if not self._knows_any(said):
            short = len(whole.split()) < 2
            return MatchResult(
                answering, problem="too_short" if short and len(whole) < 4 else "nothing_found"
            )
        return self._result(said, answering, top, careful(whole, cut))

    def match_said(self, said: Said, answering: Language, top: int = 5) -> MatchResult:
        """The same for a text that is taken apart already and has duties or a title."""
        return self._result(said, answering, top, None)

    def fit(self, said: Said, code: str, answering: Language) -> CodeMatch:
        """How the duties fit one code, best or not; raises KeyError where there is no such code."""
        group = self._groups[code]
        if not said.duties and not said.title:
            return CodeMatch(code, 0.0, missing=group.duties.to(answering))
        chances = probabilities(self.scores(said), self._settings.temperature)
        place = self.retrieval.index.codes.index(code)
        queries = [(duty, self.retrieval.unit_query(duty.text)) for duty in said.duties]
        return self._code_match(code, float(chances[place]), queries, answering)

    def by_title(self, title: str, top: int = 5) -> tuple[tuple[str, float], ...]:
        """The unit groups whose titles are nearest, with probabilities."""
        chances = probabilities(self.retrieval.of_title(title), self._settings.temperature)
        return tuple((self._code(place), float(chances[place])) for place in best_places(chances, top))

    def _knows_any(self, said: Said) -> bool:
        told = [duty.text for duty in said.duties] + ([said.title] if said.title else [])
        return any(self.retrieval.query(text) for text in told)

    def _result(self, said: Said, answering: Language, top: int, problem: Problem | None) -> MatchResult:
        scores = self.scores(said)
        chances = probabilities(scores, self._settings.temperature)
        places = best_places(chances, max(top, 2))
        queries = [(duty, self.retrieval.unit_query(duty.text)) for duty in said.duties]
        best, second = (float(chances[place]) for place in places[:2])
        return MatchResult(
            language=answering,
            said=tuple(duty.text for duty in said.duties),
            matches=tuple(
                self._code_match(self._code(place), float(chances[place]), queries, answering)
                for place in places[:top]
            ),
            confidence=self._confidence(said, places[0], best, second),
            question=self._question(self._code(places[0]), self._code(places[1]), best, second),
            disagreement=self._disagreement(said),
            problem=problem,
        )

    def _confidence(self, said: Said, place: int, best: float, second: float) -> Confidence:
        """As calibrated; of a title alone that is nobody's title ("writing code") nothing is sure."""
        if not said.duties and said.title:
            alike = self.retrieval.title_signals(said.title)["spelling"][place]
            if alike < self._settings.recognised:
                return "unsure"
        return confidence(best, second, told_by(said), self._settings)

    def scores(self, said: Said) -> Floats:
        """One number per unit group: duties, and the title beside them, which never outvotes them."""
        if not said.duties:
            return self.retrieval.of_title(said.title or "")
        of_duties = self.retrieval.of_duties(said.duties)
        if not said.title:
            return of_duties
        return of_duties + np.float32(self._settings.title_beside_duties) * self.retrieval.of_title(
            said.title
        )

    def _code(self, place: int) -> str:
        return self.retrieval.index.codes[place]

    def _code_match(
        self, code: str, score: float, said: Sequence[tuple[Duty, Query]], answering: Language
    ) -> CodeMatch:
        group = self._groups[code]
        compared = self._comparison.compare(said, group, self._told_by(group), answering)
        return CodeMatch(
            code,
            round(score, 4),
            compared.evidence,
            compared.missing,
            round(compared.lead_coverage, 3),
            round(compared.duty_coverage, 3),
        )

    def _told_by(self, group: UnitGroup) -> Mapping[str, Sequence[Query]]:
        """The group's texts as weighted words, made when first needed."""
        if group.code not in self._told:
            query = self.retrieval.unit_query
            self._told[group.code] = {
                "en": [query(duty) for duty in group.duties.en],
                "fr": [query(duty) for duty in group.duties.fr],
                "lead": [query(group.lead.en), query(group.lead.fr or "")],
            }
        return self._told[group.code]

    def _question(self, first: str, second: str, best: float, runner_up: float) -> DecidingQuestion | None:
        """The question that decides between the two best, where they are close and one of them knows it."""
        if runner_up < CLOSE * best:
            return None
        for here, there in ((first, second), (second, first)):
            for confusion in self._groups[here].confused_with:
                if confusion.code == there:
                    return DecidingQuestion(here, there, confusion.question)
        return None

    def _disagreement(self, said: Said) -> Disagreement | None:
        """What title and duties say where each is clear by itself and they differ."""
        if not said.title or not said.duties:
            return None
        by_title = probabilities(self.retrieval.of_title(said.title), self._settings.temperature)
        by_duties = probabilities(self.retrieval.of_duties(said.duties), self._settings.temperature)
        titled, told = int(by_title.argmax()), int(by_duties.argmax())
        clear = by_title[titled] >= DISAGREES_FROM and by_duties[told] >= DISAGREES_FROM
        if titled == told or not clear or by_duties[titled] > DISAGREES_UP_TO:
            return None
        return Disagreement(said.title, self._code(titled), self._code(told))


def take_apart(text: str, title: str | None) -> Said:
    """A title alone is a title; anything longer is duties under the title given or found."""
    if not title and is_title(text):
        return Said(text.strip(), ())
    said = splitting.split(text)
    if title and plain(text).strip() == plain(title).strip():
        return Said(title, ())
    return Said(title or said.title, said.duties)


def is_title(text: str) -> bool:
    """Whether a text is short enough to be a job title."""
    bare = text.strip()
    return "\n" not in bare and len(bare.split()) <= LONGEST_TITLE and not splitting.reads_like_duties(bare)


def careful(text: str, cut: bool) -> Problem | None:
    if cut:
        return "too_long"
    return "two_jobs" if problems.about_two_jobs(text) else None


def best_places(scores: Floats, count: int) -> list[int]:
    """The places of the highest scores, best first; ties in code order."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[:count]]


@lru_cache(maxsize=2)
def load_matcher(official: Path | None = None) -> Matcher:
    """The matcher over the own words, joined by the imported official texts where `official` is their file."""
    groups = catalogue.load()
    constants = settings.load(settings.OFFICIAL if official else settings.OWN)
    return Matcher(groups, load_index(groups, official), constants=constants)


def load_index(groups: Catalogue, official: Path | None) -> Index:
    """The compiled index; compiled first where a text has changed."""
    sources = (*catalogue.content_files(), *everyday.files(), *([official] if official else ()))
    name = "noc-official-index" if official else "noc-index"

    def build() -> bytes:
        entries = [entry for group in groups.values() for entry in index.entries_of(group)]
        entries += index.everyday_entries(everyday.read())
        if official:
            entries += read_official(official).entries()
        return index.build(entries, tuple(groups))

    folder = official.parent if official else None
    return index.read(compiled(name, sources, build, version=index.VERSION, folder=folder))
