"""What is wrong with a person's input, in words: which field, what was given, what is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from rules.errors import BadInput
from rules.texts import Reason

_NOT_A_NUMBER = {"a_number", "int_type", "finite_number", "float_type", "int_from_float"}
_TOO_SMALL = {"greater_than_equal", "greater_than"}
_TOO_LARGE = {"less_than_equal", "less_than"}
_AS_JSON = {
    "None": "null",
    "True": "true",
    "False": "false",
    "nan": "NaN",
    "inf": "Infinity",
    "-inf": "-Infinity",
}


def as_bad_input(error: ValidationError, known: Sequence[str] = ()) -> BadInput:
    """The first fault of a validation, as a typed error a person can act on."""
    first: Any = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"] if not _is_branch(part)) or "profile"
    return BadInput(field, _reason(first, field, known))


def _is_branch(part: object) -> bool:
    """Pydantic names the branch of a union in the path; a reader knows only the field."""
    return isinstance(part, str) and ("[" in part or part in {"float", "int", "str"})


def _reason(fault: Mapping[str, Any], field: str, known: Sequence[str]) -> Reason:  # noqa: C901 - a flat table
    kind, given, limits = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown_field(field, known)
    if kind == "literal_error":
        return Reason(
            "error.choice", {"given": _short(given), "accepted": re.findall(r"'([^']*)'", limits["expected"])}
        )
    if kind in _TOO_SMALL:
        return Reason(
            "error.too_small", {"given": _short(given), "limit": limits.get("ge", limits.get("gt"))}
        )
    if kind in _TOO_LARGE:
        return Reason(
            "error.too_large", {"given": _short(given), "limit": limits.get("le", limits.get("lt"))}
        )
    if kind in _NOT_A_NUMBER:
        return Reason(
            "error.whole_number" if kind.startswith("int") else "error.number", {"given": _short(given)}
        )
    if kind == "noc":
        return Reason("error.noc", {"given": _short(given)})
    if kind == "job_dates":
        return Reason("error.job_dates")
    if kind.startswith("date"):
        return Reason("error.date", {"given": _short(given)})
    if kind == "bool_type":
        return Reason("error.yes_no", {"given": _short(given)})
    if kind == "missing":
        return Reason("error.missing")
    return Reason("error.other", {"given": _short(given), "problem": fault["msg"]})


def unknown_field(field: str, known: Sequence[str]) -> Reason:
    """Says that a field does not exist here, and which existing one looks like it."""
    near = process.extractOne(field, known, scorer=fuzz.ratio, score_cutoff=70) if known else None
    if near is None:
        return Reason("error.unknown_field", {"field": field})
    return Reason("error.unknown_field_near", {"field": field, "near": near[0]})


def _short(value: object) -> str:
    """The value as JSON writes it (`null`, `true`), a text without its quotes."""
    text = value if isinstance(value, str) else _AS_JSON.get(str(value), str(value))
    return text if len(text) <= 60 else text[:57] + "…"
