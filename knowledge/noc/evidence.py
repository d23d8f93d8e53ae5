"""The officer's test made visible: which duty of the person meets which duty of the unit group, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.noc.match_result import Evidence
from knowledge.noc.postings import Floats
from knowledge.noc.splitting import Duty
from knowledge.noc.unit_group import Language, UnitGroup

MEETS = 0.14
COVERS = 0.14
LEAD_WORDS_MET = 0.5

Query = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """One unit group against what was said."""

    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    lead_coverage: float
    duty_coverage: float


class Comparison:
    """Compares duties as weighted words of unit length; `idf` says how much each word tells."""

    def __init__(self, idf: Floats) -> None:
        self._idf = idf

    def compare(
        self,
        said: Sequence[tuple[Duty, Query]],
        group: UnitGroup,
        told: Mapping[str, Sequence[Query]],
        language: Language,
    ) -> Compared:
        """The evidence for `group`; `told` has the group's duties by language and its "lead", as weighted words.

        A duty is compared in every language the group is told in, and shown in `language`.
        """
        shown = group.duties.to(language)
        alike = [[self._best(query, told, place) for place in range(len(shown))] for _, query in said]
        evidence = tuple(
            Evidence(duty.text, shown[place], round(row[place], 3), duty.share)
            for (duty, _), row in zip(said, alike, strict=True)
            if (place := max(range(len(row)), key=row.__getitem__, default=-1)) >= 0 and row[place] >= MEETS
        )
        covered = [any(row[place] >= COVERS for row in alike) for place in range(len(shown))]
        return Compared(
            evidence=tuple(sorted(evidence, key=lambda line: -line.score * (0.2 + line.share))),
            missing=tuple(duty for duty, met in zip(shown, covered, strict=True) if not met),
            lead_coverage=self._lead([query for _, query in said], told["lead"]),
            duty_coverage=sum(covered) / len(covered) if covered else 0.0,
        )

    def _best(self, query: Query, told: Mapping[str, Sequence[Query]], place: int) -> float:
        versions = [told[language][place] for language in ("en", "fr") if place < len(told[language])]
        return max((self.likeness(query, duty) for duty in versions), default=0.0)

    @staticmethod
    def likeness(one: Query, other: Query) -> float:
        """How alike two texts of unit length are in what their words tell, 0 to 1."""
        if len(other) < len(one):
            one, other = other, one
        return min(1.0, sum(weight * other[term] for term, weight in one.items() if term in other))

    def _lead(self, said: Sequence[Query], leads: Sequence[Query]) -> float:
        """How much of the lead statement the duties together say: the better of the two languages."""
        words = {term for query in said for term in query}
        shares = [self._met(lead, words) for lead in leads if lead]
        return min(1.0, max(shares, default=0.0) / LEAD_WORDS_MET)

    def _met(self, lead: Query, words: set[int]) -> float:
        total = sum(float(self._idf[term]) for term in lead)
        return sum(float(self._idf[term]) for term in lead if term in words) / total if total else 0.0
