"""Whether a reply that failed is tried again, and when. Pure: the one place that decides it."""

from __future__ import annotations

from bot.telegram.faults import Fault, Kind

LONGEST_WAIT = 60.0
# Two copies of one question are better than none, three are not better than two.
UNCERTAIN_TRIES = 3


def again_after(fault: Fault, tries: int) -> float | None:
    """Seconds until the next try of a reply that failed `tries` times with `fault` last; None: give it up.

    What surely did not arrive is owed until it does. What may have arrived is tried a few times. The rest
    never.
    """
    if fault.kind is Kind.LATER:
        return fault.wait if fault.wait is not None else min(LONGEST_WAIT, 0.5 * 2.0 ** min(tries, 10))
    if fault.kind is Kind.UNCERTAIN and tries < UNCERTAIN_TRIES:
        return 0.5 * 2.0**tries
    if fault.kind is Kind.MOVED:
        return 0.0 if tries < UNCERTAIN_TRIES else None
    return None
