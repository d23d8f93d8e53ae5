"""A second reckoning of the CRS and of Ontario's grid, from the published tables and from nothing in `rules`.

It works on plain JSON-like profiles and looks every value up in tables spelled out cell by cell, so that a
slip in the data or the code of `rules` and a slip here would have to be the same slip to go unseen.
"""

from __future__ import annotations

from typing import Any

ABILITIES = ("speaking", "listening", "reading", "writing")
Levels = dict[str, int] | None

# age: points alone, points with a partner
AGE = {
    18: (99, 90), 19: (105, 95), **dict.fromkeys(range(20, 30), (110, 100)),
    30: (105, 95), 31: (99, 90), 32: (94, 85), 33: (88, 80), 34: (83, 75), 35: (77, 70), 36: (72, 65),
    37: (66, 60), 38: (61, 55), 39: (55, 50), 40: (50, 45), 41: (39, 35), 42: (28, 25), 43: (17, 15),
    44: (6, 5),
}  # fmt: skip
STUDY = {
    "none": (0, 0, 0),
    "secondary": (30, 28, 2),
    "one_year": (90, 84, 6),
    "two_year": (98, 91, 7),
    "bachelor": (120, 112, 8),
    "two_or_more": (128, 119, 9),
    "master": (135, 126, 10),
    "doctorate": (150, 140, 10),
}
FIRST = [
    (0, 0), (0, 0), (0, 0), (0, 0), (6, 6), (6, 6), (9, 8), (17, 16), (23, 22), (31, 29), (34, 32), (34, 32), (34, 32),
]  # fmt: skip
SECOND = [0, 0, 0, 0, 0, 1, 1, 3, 3, 6, 6, 6, 6]
PARTNER = [0, 0, 0, 0, 0, 1, 1, 3, 3, 5, 5, 5, 5]
CANADA = [(0, 0, 0), (40, 35, 5), (53, 46, 7), (64, 56, 8), (72, 63, 9), (80, 70, 10)]
ONE_CREDENTIAL = ("one_year", "two_year", "bachelor")
HIGHER = ("two_or_more", "master", "doctorate")


def lowest(levels: Levels) -> int:
    return min(levels[ability] for ability in ABILITIES) if levels else 0


def crs(person: dict[str, Any], *, offers_count: bool) -> dict[str, int]:
    """The four parts and the total; `offers_count` before 25 March 2025."""
    partner = person["spouse"]
    column = 1 if partner else 0
    english, french = person["english"], person["french"]
    first, second = (english, french) if person["first_language"] == "english" else (french, english)
    canada = min(int(person["canadian_experience_years"]), 5)
    abroad = int(person["foreign_experience_years"])

    core = AGE.get(person["age"], (0, 0))[column] + STUDY[person["education"]][column]
    core += sum(FIRST[first[ability]][column] for ability in ABILITIES) if first else 0
    core += min(sum(SECOND[second[ability]] for ability in ABILITIES) if second else 0, 22 if partner else 24)
    core += CANADA[canada][column]

    beside = 0
    if partner:
        spoken = partner["language"]
        beside = STUDY[partner["education"]][2] + CANADA[min(int(partner["canadian_experience_years"]), 5)][2]
        beside += sum(PARTNER[spoken[ability]] for ability in ABILITIES) if spoken else 0

    transfer = min(sum(groups(person, lowest(first), canada, abroad)), 100)
    extra = additional(person, offers_count=offers_count)
    parts = {"core": core, "spouse": beside, "transferability": transfer, "additional": extra}
    return {**parts, "total": sum(parts.values())}


def groups(person: dict[str, Any], clb: int, canada: int, abroad: int) -> tuple[int, int, int]:
    with_language = 2 if clb >= 9 else 1 if clb >= 7 else 0
    with_canada = 2 if canada >= 2 else canada
    lower_row, upper_row = (0, 13, 25), (0, 25, 50)
    schooling = 0
    if person["education"] in ONE_CREDENTIAL:
        schooling = lower_row[with_language] + lower_row[with_canada]
    elif person["education"] in HIGHER:
        schooling = upper_row[with_language] + upper_row[with_canada]
    work = 0
    if abroad >= 3:
        work = upper_row[with_language] + upper_row[with_canada]
    elif abroad >= 1:
        work = lower_row[with_language] + lower_row[with_canada]
    trade = (50 if clb >= 7 else 25 if clb >= 5 else 0) if person["trade_certificate"] else 0
    return min(schooling, 50), min(work, 50), trade


def additional(person: dict[str, Any], *, offers_count: bool) -> int:
    points = {"none": 0, "one_or_two_years": 15, "three_years_or_more": 30}[person["canadian_credential"]]
    if person["nomination"]:
        points += 600
    if person["sibling"]:
        points += 15
    if lowest(person["french"]) >= 7:
        points += 50 if lowest(person["english"]) >= 5 else 25
    if offers_count:
        points += {"none": 0, "major_group_00": 200, "other": 50}[person["job_offer"]]
    return min(points, 600)


REGION = {
    "Algoma": "N", "Cochrane": "N", "Greater Sudbury": "N", "Haliburton": "N", "Kenora": "N", "Manitoulin": "N",
    "Muskoka": "N", "Nipissing": "N", "Parry Sound": "N", "Rainy River": "N", "Sudbury": "N",
    "Thunder Bay": "N", "Timiskaming": "N",
    "Frontenac": "E", "Hastings": "E", "Kawartha Lakes": "E", "Lanark": "E", "Leeds and Grenville": "E",
    "Lennox and Addington": "E", "Northumberland": "E", "Ottawa": "E", "Peterborough": "E",
    "Prescott and Russell": "E", "Prince Edward": "E", "Renfrew": "E", "Stormont, Dundas and Glengarry": "E",
    "Dufferin": "C", "Grey": "C", "Simcoe": "C", "Waterloo": "C", "Wellington": "C",
    "Brant": "S", "Bruce": "S", "Chatham-Kent": "S", "Elgin": "S", "Essex": "S", "Haldimand-Norfolk": "S",
    "Hamilton": "S", "Huron": "S", "Lambton": "S", "Middlesex": "S", "Niagara": "S", "Oxford": "S",
    "Perth County": "S",
    "Durham": "G", "Halton": "G", "Peel": "G", "York": "G",
    "Toronto": "T",
}  # fmt: skip
STUDIED_2026 = {
    "less_than_college": 0, "trades": 5, "college": 5, "graduate_certificate": 5, "university_certificate_below": 5,
    "bachelor": 6, "university_certificate_above": 6, "master": 8, "doctorate": 10, "professional": 10,
}  # fmt: skip
STUDIED_2022 = {**STUDIED_2026, "graduate_certificate": 6}
ASKED_2022 = {
    "foreign_worker": "teer offer permit earnings language",
    "in_demand_skills": "offer permit earnings",
    "international_student": "teer offer permit earnings study language",
    "masters_graduate": "permit earnings study language",
    "phd_graduate": "permit earnings study language",
}


def ladder(value: float, *rungs: tuple[float, int]) -> int:
    """The points of the highest rung reached; rungs are given from the top."""
    for reach, points in rungs:
        if value >= reach:
            return points
    return 0


def of_2026(person: dict[str, Any]) -> int:
    """The Workforce Priority total."""
    teer, category = int(person["noc"][1]), int(person["noc"][0])
    tests = sorted((lowest(person[name]) for name in ("english", "french") if person[name]), reverse=True)
    total = {0: 9, 1: 9, 2: 6, 3: 6, 4: 0, 5: 0}[teer]
    total += {3: 10, 7: 8, 2: 6, 5: 2, 6: 2}.get(category, 4)
    total += ladder(person["hourly_wage"], (40, 15), (35, 12), (30, 10), (25, 8), (20, 5))
    position = ladder(int(person["months_in_position"]), (25, 18), (13, 15), (6, 12))
    total += position or ladder(int(person["months_other_ontario"]), (25, 12), (13, 9), (6, 6))
    total += ladder(person["best_year_earnings"], (70_000, 8), (50_000, 6), (30_000, 4))
    total += {"work_permit": 10, "study_permit": 5, "none": 0}[person["status"]]
    total += STUDIED_2026[person["education"]] + ladder(person["canadian_credentials"], (2, 10), (1, 5))
    total += ladder(tests[0], (9, 15), (8, 12), (7, 8), (6, 4)) if tests else 0
    total += (10 if len(tests) == 2 and tests[1] >= 6 else 5) if tests else 0
    return total + {"N": 15, "E": 10, "C": 10, "S": 10, "G": 5, "T": 0}[REGION[person["job_location"]]]


def of_2022(person: dict[str, Any], stream: str) -> int:
    """The total of one of the five streams."""
    asked = ASKED_2022[stream].split()
    where = {"N": 10, "E": 8, "C": 8, "S": 8, "G": 3, "T": 0}
    tests = sorted((lowest(person[name]) for name in ("english", "french") if person[name]), reverse=True)
    total = 0
    if "teer" in asked:
        total += {"0": 10, "1": 10, "2": 8, "3": 8}.get(person["noc"][1], 0)
    if "offer" in asked:
        total += {"0": 10, "2": 10, "3": 10, "7": 7, "1": 5, "9": 5, "4": 4, "8": 4}.get(person["noc"][0], 3)
        total += ladder(person["hourly_wage"], (40, 10), (35, 8), (30, 7), (25, 6), (20, 5))
        total += 3 if int(person["months_in_position"]) >= 6 else 0
        total += where[REGION[person["job_location"]]]
    if "permit" in asked:
        total += 0 if person["status"] == "none" else 10
    if "earnings" in asked:
        total += 3 if person["best_year_earnings"] >= 40_000 else 0
    if "study" in asked:
        total += STUDIED_2022[person["education"]] + ladder(person["canadian_credentials"], (2, 10), (1, 5))
        total += {"stem_health_trades": 12, "business_social_law": 6}.get(person["field_of_study"], 0)
        total += where[REGION[person["study_location"]]]
    if "language" in asked and tests:
        total += ladder(tests[0], (9, 10), (8, 6), (7, 4))
        total += 10 if len(tests) == 2 and tests[0] >= 7 and tests[1] >= 6 else 5
    return total
