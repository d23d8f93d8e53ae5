"""`python -m knowledge`: compiles all content, so that no start has to; a fault names its file and place."""

from __future__ import annotations

import sys

from knowledge.articles.claims import claims
from knowledge.directory.directory import directory
from knowledge.documents.checklist import documents
from knowledge.faq.index import load_faq
from knowledge.letters.skeleton import letter
from knowledge.noc import catalogue
from knowledge.noc.catalogue import BrokenContent
from knowledge.noc.matching import load_matcher
from knowledge.provinces.card import card
from rules.errors import DataError
from rules.rulebook import all_rules


def main() -> int:
    """Exit status 0 when everything could be read and compiled."""
    try:
        all_rules()
        catalogue.load()
        load_matcher()
        load_faq()
        for load in (claims, directory, documents, letter, card):
            load()
    except (BrokenContent, DataError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
