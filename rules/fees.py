"""What an application to Ontario costs, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.rulebook import Citation, Value, in_force
from rules.texts import Reason

_BY_PLACE = frozenset({"foreign_worker", "in_demand_skills"})
_OTHERS = frozenset(
    {
        "human_capital_priorities",
        "french_speaking_skilled_worker",
        "skilled_trades",
        "international_student",
        "masters_graduate",
        "phd_graduate",
    }
)


@dataclass(frozen=True, slots=True)
class Fee:
    """`dollars` is None where no figure was found, or where it hangs on a place not given."""

    dollars: int | None
    reason: Reason
    citation: Citation


def application_fee(stream: str, on: date, *, in_gta: bool | None = None) -> Fee:
    """The fee of a stream (a name of the assessment) on a day; `in_gta` is where the job is, if known.

    Raises NotInForce for a closed stream after its end, KeyError for a stream with no fee rule.
    """
    if stream.startswith("workforce_priority"):
        return _unknown(in_force("fee.workforce_priority", on))
    if stream in _OTHERS:
        return _known(in_force("fee.other_streams", on))
    if stream not in _BY_PLACE:
        raise KeyError(stream)
    gta, elsewhere = in_force("fee.job_offer_gta", on), in_force("fee.job_offer_elsewhere", on)
    if in_gta is None:
        facts = {"gta": gta.value, "elsewhere": elsewhere.value}
        return Fee(None, Reason("fee.by_place", facts), gta.citation)
    return _known(gta if in_gta else elsewhere)


def _known(value: Value) -> Fee:
    return Fee(value.value, Reason("fee.known", {"dollars": value.value}), value.citation)


def _unknown(value: Value) -> Fee:
    return Fee(value.value, Reason("fee.not_found", {"url": value.citation.url}), value.citation)
