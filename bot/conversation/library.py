"""What the conversation can look things up in, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.noc.matching import Matcher

from knowledge.noc.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Library:
    """The unit groups, the matcher over them, the answers and the draws; `contact` is the operator's own, as text."""

    noc: Catalogue
    matcher: Matcher
    contact: str | None = None
