"""What the conversation can look things up in, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.noc.matching import Matcher

from knowledge.noc.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Library:
    """The unit groups, the matcher over them, the answers and the draws."""

    noc: Catalogue
    matcher: Matcher
