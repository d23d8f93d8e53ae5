"""Wages by occupation and region: what decides, what only orients, and newer editions."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from rules import geography, wages
from rules.errors import DataError
from rules.truth import Truth
from rules.wage_files import PROVINCE, differences, read_edition, read_official, write_edition

SHARED = Path(__file__).parents[4] / "shared" / "data" / "wages"
DAY = date(2026, 9, 1)
LOW = 30.0  # dollars, software developers in Toronto


def place(name: str) -> geography.Place:
    return geography.resolve(name).place


@pytest.mark.parametrize(
    ("hourly", "level", "verdict"),
    [
        (48.08, "median", Truth.YES),
        (48.07, "median", Truth.NO),
        (LOW, "low", Truth.YES),
        (LOW - 0.01, "low", Truth.NO),
    ],
)
def test_an_offer_is_held_against_the_region_of_the_job(
    hourly: float, level: wages.Level, verdict: Truth
) -> None:
    assert wages.check("21232", place("Toronto"), hourly, level, DAY).verdict is verdict


@pytest.mark.parametrize(
    ("noc", "where", "code"),
    [
        ("31301", "Ottawa", "wage.missing.not_held"),
        ("21211", "Thunder Bay", "wage.missing.not_published"),
        ("22220", "Thunder Bay", "wage.missing.not_held"),
        ("21232", "Northern Ontario", "wage.missing.place"),
    ],
)
def test_without_a_regional_figure_the_verdict_is_unknown_and_the_province_orients(
    noc: str, where: str, code: str
) -> None:
    answer = wages.check(noc, place(where), 500, "median", DAY)
    assert answer.verdict is Truth.UNKNOWN
    assert answer.held.missing is not None
    assert answer.held.missing.code == code
    assert answer.held.provincial is not None
    assert f"${answer.held.provincial.median:.2f}" in answer.reason.text("en")


def test_before_the_first_edition_nothing_is_decided() -> None:
    assert wages.check("21232", place("Toronto"), 50, "median", date(2025, 11, 18)).verdict is Truth.UNKNOWN
    assert wages.check("21232", place("Toronto"), 50, "median", date(2025, 11, 19)).verdict is Truth.YES


def test_an_occupation_without_any_figure_is_unknown() -> None:
    answer = wages.check("00013", place("Toronto"), 50, "median", DAY)
    assert (answer.verdict, answer.held.provincial) == (Truth.UNKNOWN, None)


def test_a_year_after_its_publication_an_edition_says_that_a_newer_one_is_likely() -> None:
    codes = [caveat.code for caveat in wages.find("21232", place("Toronto"), date(2026, 11, 19)).caveats]
    assert codes == ["wage.edition", "wage.newer_edition_likely"]
    assert [caveat.code for caveat in wages.find("21232", None, date(2026, 11, 18)).caveats] == [
        "wage.edition"
    ]


def test_an_edition_survives_being_written() -> None:
    held = wages.edition(DAY)
    assert read_edition(write_edition(held)) == held


OFFICIAL = """NOC_CNP,NOC_Title_eng,prov,ER_Code_Code_RE,ER_Name,Low_Wage_Salaire_Minium,Median_Wage_Salaire_Median,\
High_Wage_Salaire_Maximal,Data_Source_E,Reference_Period,Annual_Wage_Flag_Salaire_annuel
NOC_21232,Developers,ON,ER35,Ontario,31.00,49.50,80.00,Labour Force Survey,2024-2025,0
NOC_21232,Developers,ON,ER3530,Toronto,31.50,50.00,82.00,Small Area Estimation,2025,0
NOC_21232,Developers,ON,ER3595,Northwest,,,,,,0
NOC_21232,Developers,BC,ER5920,Lower Mainland,32.00,51.00,80.00,Census,2021,0
NOC_00010,Legislators,ON,ER35,Ontario,41600,83200,208000,2021 Census,2021,1
NOC_2171,Old code,ON,ER35,Ontario,30,40,50,Census,2016,0
"""


def test_the_official_file_of_a_new_year_is_read() -> None:
    edition = read_official(OFFICIAL, 2026, date(2026, 11, 19))
    assert sorted(edition.rows) == ["00010", "21232"]
    assert sorted(edition.rows["21232"]) == ["3530", "3595", PROVINCE]
    assert edition.rows["21232"]["3530"].median == 50.0
    assert edition.rows["21232"]["3530"].basis == "small_area"
    assert edition.rows["21232"]["3595"].basis == "not_published"
    assert edition.rows["00010"][PROVINCE].median == 40.0  # printed by the year


def test_what_a_new_edition_changes_can_be_listed() -> None:
    old = read_official(OFFICIAL, 2026, date(2026, 11, 19))
    new = read_official(OFFICIAL.replace("50.00,82.00", "51.00,82.00"), 2027, date(2027, 11, 19))
    assert list(differences(old, new)) == [("21232", "3530", 50.0, 51.0)]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", OFFICIAL.replace("NOC_", "X_"), OFFICIAL.split("\n", maxsplit=1)[0]]
)
def test_a_file_that_is_something_else_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        read_official(text, 2026, date(2026, 11, 19))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference wage tables are not beside the project")
def test_every_wage_is_the_one_of_the_reference_tables() -> None:
    rows = wages.edition(DAY).rows
    for row in csv.DictReader((SHARED / "ontario_wages_2025_provincial_all_noc.csv").open(encoding="utf-8")):
        held = rows[row["noc_2021"]][PROVINCE]
        assert (held.low, held.median) == (number(row["low_hourly"]), number(row["median_hourly"]))
    for row in csv.DictReader((SHARED / "ontario_wages_2025_tech_by_region.csv").open(encoding="utf-8")):
        held = rows[row["noc_2021"]]["ON" if row["er_code"] == "ER35" else row["er_code"][2:]]
        published = row["region_published"] == "yes"
        assert held.median == (number(row["median_hourly"]) if published else None), row


def number(text: str) -> float | None:
    return float(text) if text else None
