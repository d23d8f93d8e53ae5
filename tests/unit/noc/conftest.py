"""The real matcher, loaded once; the tests of this folder only read it."""

from __future__ import annotations

import pytest

from knowledge.noc.matching import Matcher, load_matcher


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return load_matcher()
