"""What the conversation can look things up in, loaded once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.draws.book import DrawBook, shared_book
from knowledge.faq.index import FaqIndex, load_faq
from knowledge.noc import catalogue, concordance, official_texts
from knowledge.noc.catalogue import Catalogue
from knowledge.noc.matching import Matcher, load_matcher
from knowledge.noc.official_texts import OfficialTexts


@dataclass(frozen=True, slots=True)
class Library:
    """The unit groups, the matcher over them, the codes of 2016 with their successors, the answers, the draws.

    `contact` is the operator's own, as text; `official` the imported official texts, None where there are none.
    """

    noc: Catalogue
    matcher: Matcher
    concordance: Mapping[str, tuple[str, ...]]
    faq: FaqIndex
    draws: DrawBook = field(default_factory=shared_book)
    contact: str | None = None
    official: OfficialTexts | None = None


def load_library(contact: str | None = None, official: Path | None = None) -> Library:
    """Everything, from the compiled artefacts; `official` is the file an import of the official texts wrote."""
    return Library(
        noc=catalogue.load(),
        matcher=load_matcher(official),
        concordance=concordance.successors(),
        faq=load_faq(),
        contact=contact,
        official=official_texts.read(official) if official else None,
    )
