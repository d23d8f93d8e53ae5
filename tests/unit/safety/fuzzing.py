"""Short in every run, ten minutes in the fault runs: the same test with more examples, its memory watched."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import psutil
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MINUTES = float(os.environ.get("FUZZ_MINUTES", "10"))
BATCH = 500
MAY_GROW = 120 * 2**20


def for_minutes(check: Callable[[Any], None], examples: st.SearchStrategy[Any]) -> int:
    """Run `check` on ever new examples until the time is up; returns how many. Fails where memory keeps growing."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    done, process = 0, psutil.Process()
    end, started_with = time.monotonic() + MINUTES * 60, None
    while time.monotonic() < end:
        batch = given(examples)(check)
        settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=quiet)(batch)()
        done += BATCH
        # The first batches load what is loaded once.
        if done == 4 * BATCH:
            started_with = process.memory_info().rss
    if started_with is not None:
        assert process.memory_info().rss - started_with < MAY_GROW
    return done
