"""What the conversation can look things up in, loaded once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.draws.book import DrawBook, shared_book
from knowledge.faq.index import FaqIndex, load_faq
from knowledge.noc import catalogue, concordance
from knowledge.noc.catalogue import Catalogue
from knowledge.noc.matching import Matcher, load_matcher


@dataclass(frozen=True, slots=True)
class Library:
    """The unit groups, the matcher over them, the codes of 2016 with their successors, the answers, the draws.

    `contact` is the operator's own, as text.
    """

    noc: Catalogue
    matcher: Matcher
    concordance: Mapping[str, tuple[str, ...]]
    faq: FaqIndex
    draws: DrawBook = field(default_factory=shared_book)
    contact: str | None = None


def load_library(contact: str | None = None) -> Library:
    """Everything, from the compiled artefacts."""
    return Library(catalogue.load(), load_matcher(), concordance.successors(), load_faq(), contact=contact)
