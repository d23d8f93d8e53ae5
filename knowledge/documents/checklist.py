"""The checklist of a pathway for one person: what is needed, what may be, and what each item rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.documents.situations import SITUATIONS
from knowledge.reading import read
from rules import occupations
from rules.profile import Profile
from rules.rulebook import Citation, Confidence, in_force
from rules.texts import Bilingual, Language
from rules.truth import Truth

Pathway = Literal["teer_0_3", "teer_4_5", "physicians", "earlier"]
Stage = Literal["before", "invited", "employer", "asked", "files", "federal"]
Basis = Literal["current", "earlier", "general"]
PATHWAYS: tuple[Pathway, ...] = get_args(Pathway)
STAGES: tuple[Stage, ...] = get_args(Stage)
DOCUMENTS = Path(__file__).parent / "documents.yaml"


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Proof(_Facts):
    """The page an item was read on."""

    title: Bilingual
    url: str
    as_of: date
    confidence: Confidence

    def citation(self, language: Language) -> Citation:
        """The same as the rules cite their pages, titled in one language."""
        title = self.title.text(language)
        return Citation(
            url=self.url, key="checklist", title=title, as_of=self.as_of, confidence=self.confidence
        )


class Document(_Facts):
    """One item; `proves` is who issues or proves it, `when` the situations that must all hold."""

    id: str
    stage: Stage
    pathways: tuple[Pathway, ...]
    when: tuple[str, ...] = ()
    name: Bilingual
    detail: Bilingual
    proves: Bilingual
    basis: Basis
    source: str


class Documents(_Facts):
    """Everything in `documents.yaml`; `official` is the checklist to open before uploading."""

    official: str
    sources: Mapping[str, Proof]
    pathways: Mapping[Pathway, Bilingual]
    stages: Mapping[Stage, Bilingual]
    situations: Mapping[str, Bilingual]
    items: tuple[Document, ...]

    @model_validator(mode="after")
    def _everything_named_exists(self) -> Documents:
        for item in self.items:
            if item.source not in self.sources:
                raise ValueError(f"{item.id}: no source is called {item.source!r}")
            for name in item.when:
                if name not in SITUATIONS or name not in self.situations:
                    raise ValueError(f"{item.id}: no situation is called {name!r}")
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """An item for a person. `only_if` are the situations still unknown, in words; empty means needed."""

    document: Document
    proof: Proof
    only_if: tuple[Bilingual, ...]

    def detail(self, language: Language, on: date) -> str:
        """What the document must be, with the years it stays good by the rules of the day."""
        return self.document.detail.text(language).format(**validity(on))


@cache
def documents() -> Documents:
    """The lists as written. Raises DataError with the item at fault."""
    return read(DOCUMENTS, Documents)


def checklist(profile: Profile, pathway: Pathway, stage: Stage | None = None) -> tuple[Entry, ...]:
    """The items of a pathway (of one stage, or of all), without those known not to concern the person."""
    found = (entry_of(item, profile) for item in documents().items if pathway in item.pathways)
    return tuple(entry for entry in found if entry and stage in (None, entry.document.stage))


def entry_of(item: Document, profile: Profile) -> Entry | None:
    """The item for this person; None where a situation it needs does not hold."""
    truths = {name: SITUATIONS[name](profile) for name in item.when}
    if Truth.NO in truths.values():
        return None
    unknown = tuple(name for name, truth in truths.items() if truth is Truth.UNKNOWN)
    return Entry(
        item, documents().sources[item.source], tuple(documents().situations[name] for name in unknown)
    )


def validity(on: date) -> dict[str, int]:
    """Years that documents stay good, by the names the items use."""
    return {
        "language_years": in_force("deadline.language_result", on).value // 12,
        "assessment_years": in_force("deadline.credential_assessment", on).value // 12,
    }


def stages(profile: Profile, pathway: Pathway) -> tuple[Stage, ...]:
    """The stages of a pathway that have something for this person."""
    present = {entry.document.stage for entry in checklist(profile, pathway)}
    return tuple(stage for stage in STAGES if stage in present)


def pathway_of(profile: Profile) -> Pathway | None:
    """The pathway that the offered occupation leads to; None while it is not known."""
    if profile.ohip_billing:
        return "physicians"
    if profile.noc is None:
        return None
    return "teer_0_3" if occupations.teer(profile.noc) <= 3 else "teer_4_5"
