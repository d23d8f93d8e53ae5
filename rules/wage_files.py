"""Reads and writes wage tables: the project's own compact form, and the official file it is made from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules import occupations
from rules.errors import DataError

PROVINCE = "ON"
_COLUMNS = ("noc", "region", "low", "median", "high", "basis", "period")
_HOURS_A_YEAR = 2080
"""How the official file turns the few wages it prints by the year into hourly ones: 52 weeks of 40 hours."""
_OFFICIAL = {
    "noc": "NOC_CNP",
    "province": "prov",
    "region": "ER_Code_Code_RE",
    "low": "Low_Wage_Salaire_Minium",
    "median": "Median_Wage_Salaire_Median",
    "high": "High_Wage_Salaire_Maximal",
    "annual": "Annual_Wage_Flag_Salaire_annuel",
    "period": "Reference_Period",
}
_SURVEYS = (
    ("small area", "small_area"),
    ("census", "census"),
    ("labour force", "survey_region"),
)


@dataclass(frozen=True, slots=True)
class Wage:
    """Dollars an hour for one occupation in one region; None where the table prints nothing."""

    low: float | None
    median: float | None
    high: float | None
    basis: str
    period: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One year's table: occupation -> region (`ON` or four digits) -> wage."""

    year: int
    published: date
    source: str
    rows: Mapping[str, Mapping[str, Wage]]


def read_edition(text: str) -> Edition:
    """An edition in the project's form. Raises DataError for a header or number that cannot be read."""
    lines = text.splitlines()
    facts = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    body = [line for line in lines if line and not line.startswith("#")]
    rows: dict[str, dict[str, Wage]] = {}
    try:
        for row in csv.DictReader(body):
            rows.setdefault(row["noc"], {})[row["region"]] = _wage(row)
        year, published = int(facts["edition"]), date.fromisoformat(facts["published"])
    except (KeyError, ValueError) as error:
        raise DataError("wages", f"not a wage table: {error!r}") from error
    return Edition(year, published, facts.get("source", "S40"), rows)


def write_edition(edition: Edition) -> str:
    """The edition in the project's form; `read_edition` reads it back to an equal one."""
    out = io.StringIO()
    out.write(f"# edition: {edition.year}\n# published: {edition.published}\n# source: {edition.source}\n")
    out.write("# Contains information licensed under the Open Government Licence - Canada.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for noc, regions in sorted(edition.rows.items()):
        for region, wage in sorted(regions.items()):
            numbers = (_text(wage.low), _text(wage.median), _text(wage.high))
            writer.writerow((noc, region, *numbers, wage.basis, wage.period))
    return out.getvalue()


def read_official(text: str, year: int, published: date, source: str = "S40") -> Edition:
    """The Ontario rows of Job Bank's yearly open-data file.

    Raises DataError where a column is missing or no row of Ontario is in it; occupations that NOC 2021
    does not have are left out.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = reader.fieldnames or ()
    missing = [name for name in _OFFICIAL.values() if name not in columns and name.lower() not in columns]
    if missing:
        raise DataError("wages", f"columns not found: {', '.join(missing)}")
    rows: dict[str, dict[str, Wage]] = {}
    for row in reader:
        noc, region = _code(row), _region(row)
        if noc and region:
            rows.setdefault(noc, {})[region] = _official_wage(row, region)
    if not rows:
        raise DataError("wages", "no row of Ontario with a NOC 2021 code in this file")
    return Edition(year, published, source, rows)


def differences(old: Edition, new: Edition) -> Iterable[tuple[str, str, float | None, float | None]]:
    """Every median that changed: occupation, region, before, after."""
    for noc in sorted({*old.rows, *new.rows}):
        before, after = old.rows.get(noc, {}), new.rows.get(noc, {})
        for region in sorted({*before, *after}):
            pair = tuple(rows[region].median if region in rows else None for rows in (before, after))
            if pair[0] != pair[1]:
                yield noc, region, pair[0], pair[1]


def _wage(row: Mapping[str, str]) -> Wage:
    low, median, high = (_number(row[name]) for name in ("low", "median", "high"))
    return Wage(low, median, high, row["basis"], row["period"])


def _number(text: str | None) -> float | None:
    return float(text) if text and text.strip() else None


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def _get(row: Mapping[str, str], name: str) -> str:
    column = _OFFICIAL[name]
    return (row.get(column) or row.get(column.lower()) or "").strip()


def _code(row: Mapping[str, str]) -> str | None:
    code = _get(row, "noc").removeprefix("NOC_")
    return code if occupations.exists(code) else None


def _region(row: Mapping[str, str]) -> str | None:
    code = _get(row, "region").removeprefix("ER")
    if code == "35":
        return PROVINCE
    return code if len(code) == 4 and code.startswith("35") else None


def _official_wage(row: Mapping[str, str], region: str) -> Wage:
    divisor = _HOURS_A_YEAR if _get(row, "annual") == "1" else 1
    numbers = [_number(_get(row, name)) for name in ("low", "median", "high")]
    low, median, high = (None if number is None else round(number / divisor, 2) for number in numbers)
    if region != PROVINCE and median is None:
        return Wage(None, None, None, "not_published", "")
    return Wage(low, median, high, "" if region == PROVINCE else _basis(row), _get(row, "period"))


def _basis(row: Mapping[str, str]) -> str:
    survey = (row.get("Data_Source_E") or row.get("data_source_e") or "").casefold()
    return next((basis for word, basis in _SURVEYS if word in survey), "")
