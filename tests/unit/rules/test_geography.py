"""Finding the place a person means."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rules import geography
from rules.errors import AmbiguousPlace, BadInput
from rules.places import gazetteer, index

SHARED = Path(__file__).parents[4] / "shared" / "data" / "places"

SURE = [
    ("Ottawa", "eastern", "Ottawa", "3510"),
    ("Kanata", "eastern", "Ottawa", "3510"),
    ("  kanata, ON ", "eastern", "Ottawa", "3510"),
    ("K-W", "central", "Waterloo", "3540"),
    ("the Soo", "northern", "Algoma", "3590"),
    ("Sault Sainte Marie", "northern", "Algoma", "3590"),
    ("Scarborough", "toronto", "Toronto", "3530"),
    ("Toronto, Ontario, Canada", "toronto", "Toronto", "3530"),
    ("City of Toronto", "toronto", "Toronto", "3530"),
    ("Peel", "gta", "Peel", "3530"),
    ("Durham Region", "gta", "Durham", "3530"),
    ("Mississauga", "gta", "Peel", "3530"),
    ("Perth County", "southwestern", "Perth", "3580"),
    ("Perth, Lanark", "eastern", "Lanark", "3510"),
    ("Hamilton Township", "eastern", "Northumberland", "3520"),
    ("Hamilton (Northumberland)", "eastern", "Northumberland", "3520"),
    ("Haliburton", "northern", "Haliburton", "3520"),
    ("Grey", "central", "Grey", "3580"),
    ("St. Catharines", "southwestern", "Niagara", "3550"),
    ("Saint Catharines", "southwestern", "Niagara", "3550"),
    ("Thornhill", "gta", "York", "3530"),
    ("Minden", "northern", "Haliburton", "3520"),
    ("Rockland", "eastern", "Prescott and Russell", "3510"),
    ("L’Orignal", "eastern", "Prescott and Russell", "3510"),
    ("Northern Ontario", "northern", None, None),
    ("Nord de l'Ontario", "northern", None, None),
    ("GTA outside Toronto", "gta", None, None),
    ("RGT hors Toronto", "gta", None, None),
]


@pytest.mark.parametrize(("text", "region", "division", "economic"), SURE, ids=[case[0] for case in SURE])
def test_one_place_is_meant(text: str, region: str, division: str | None, economic: str | None) -> None:
    place = geography.resolve(text).place
    assert (place.region, place.division, place.economic_region) == (region, division, economic)
    assert len(geography.find(text)) == 1


def test_a_city_wins_over_its_namesake_with_a_caveat_and_the_chat_asks() -> None:
    resolved = geography.resolve("Hamilton")
    assert resolved.place.region == "southwestern"
    assert "Hamilton (township, Northumberland)" in resolved.caveats[0].text("en")
    assert [place.kind for place in geography.find("Hamilton")] == ["township", "city"]


@pytest.mark.parametrize("text", ["Perth", "GTA", "Ontario", "Région du Grand Toronto"])
def test_candidates_of_different_regions_are_asked_about(text: str) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        geography.resolve(text, "job_location")
    assert caught.value.field == "job_location"
    assert len(caught.value.candidates) >= 2
    assert caught.value.candidates[0] in caught.value.message


@pytest.mark.parametrize("text", ["Sudbury", "Nipissing"])
def test_candidates_of_one_region_score_alike_but_are_told_apart_in_the_chat(text: str) -> None:
    assert geography.resolve(text).place.region == "northern"
    assert len(geography.find(text)) == 2


@pytest.mark.parametrize("text", ["York", "Simcoe"])
def test_a_division_keeps_its_name_where_a_community_elsewhere_shares_it(text: str) -> None:
    resolved = geography.resolve(text)
    assert resolved.place.division == text
    assert [caveat.code for caveat in resolved.caveats] == ["place.namesake"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Misissauga", "Mississauga"),
        ("Otawa", "Ottawa"),
        ("Kitchner", "Kitchener"),
        ("St. Catherines", "St. Catharines"),
    ],
)
def test_a_slip_of_the_pen_is_read_and_told(typed: str, meant: str) -> None:
    resolved = geography.resolve(typed)
    assert resolved.place.name == meant
    assert [caveat.code for caveat in resolved.caveats] == ["place.read_as"]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("Montréal", "error.place_outside", "canada"),
        ("Vancouver", "error.place_outside", "canada"),
        ("Bangalore", "error.place_outside", "abroad"),
        ("London, UK", "error.place_outside", "abroad"),
        ("Georgia", "error.place_outside", "abroad"),  # one letter from Georgina
        ("Katmandou, Népal", "error.place_outside", "abroad"),
        ("Canada", "error.place_unknown", None),
        ("xyzzy", "error.place_unknown", None),
        ("", "error.place_unknown", None),
        ("🍁", "error.place_unknown", None),
    ],
)
def test_what_is_not_in_ontario_is_named(text: str, code: str, where: str | None) -> None:
    with pytest.raises(BadInput) as caught:
        geography.resolve(text)
    assert caught.value.reason.code == code
    assert geography.whereabouts(text) == where
    assert geography.find(text) == ()


def test_employer_floors_follow_the_division() -> None:
    floors = {name: geography.resolve(name).place for name in ("Toronto", "Ottawa", "Cornwall")}
    assert {name: (place.revenue_floor, place.staff_floor) for name, place in floors.items()} == {
        "Toronto": (1_000_000, 5),
        "Ottawa": (500_000, 3),
        "Cornwall": (250_000, 3),
    }


def test_labels_tell_namesakes_apart_in_both_languages() -> None:
    town, county = geography.find("Perth")
    assert (town.label("en"), county.label("en")) == ("Perth (town, Lanark)", "Perth (county)")
    assert (town.label("fr"), county.label("fr")) == ("Perth (ville, Lanark)", "Perth (comté)")


def test_there_are_49_divisions_and_every_name_of_the_index_is_found() -> None:
    assert len(gazetteer().divisions) == 49
    for name, places in index().items():
        assert {place.region for place in geography.find(name)} >= {places[0].region}, name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference tables of places are not beside the project")
def test_every_municipality_and_division_stands_where_the_reference_tables_put_it() -> None:
    regions = {
        "Northern": "northern",
        "Eastern": "eastern",
        "Central outside GTA": "central",
        "Southwestern": "southwestern",
        "GTA outside Toronto": "gta",
        "Toronto": "toronto",
    }
    ours = {(place.name, place.division): place for places in index().values() for place in places}
    for name in ("ontario_municipalities", "ontario_other_csd"):
        for row in csv.DictReader((SHARED / f"{name}.csv").open(encoding="utf-8")):
            place = ours[row["name"], row["census_division"]]
            assert place.region == regions[row["owp_region"]], row
            assert f"ER{place.economic_region}" == row["economic_region_code"], row
    for row in csv.DictReader((SHARED / "ontario_census_divisions.csv").open(encoding="utf-8")):
        place = ours[row["census_division"], row["census_division"]]
        assert place.revenue_floor == int(row["employer_revenue_min"]), row
        assert place.staff_floor == int(row["employer_staff_min"]), row
    for row in csv.DictReader((SHARED / "ontario_place_aliases.csv").open(encoding="utf-8")):
        assert regions[row["owp_region"]] in {place.region for place in geography.find(row["alias"])}, row
