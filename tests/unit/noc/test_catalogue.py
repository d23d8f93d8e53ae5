"""What the content of the 516 unit groups must keep true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.noc import catalogue, concordance, everyday

GROUPS = catalogue.load()
DRAWS = Path(__file__).parents[3].parent / "shared" / "data" / "draws"


def test_there_are_all_516_unit_groups_in_code_order():
    assert len(GROUPS) == 516
    assert list(GROUPS) == sorted(GROUPS)


def test_every_group_tells_a_lead_duties_and_titles():
    for group in GROUPS.values():
        assert group.lead.en and len(group.duties.en) >= 3, group.code
        assert len(group.titles.en) >= 8 and len(group.titles.fr) >= 4, group.code


def test_french_duties_stand_in_the_same_number_as_english_ones():
    for group in GROUPS.values():
        if group.has_french_duties():
            assert len(group.duties.fr) == len(group.duties.en), group.code


def test_broad_category_2_is_told_in_french():
    for group in GROUPS.values():
        if group.broad_category == "2":
            assert group.has_french_duties() and group.lead.fr and group.requirements.fr, group.code


def test_groups_that_draws_target_are_told_in_french():
    found = sorted(DRAWS.glob("oinp_targeted_occupations*.json"))
    if not found:
        pytest.skip("the list of targeted occupations is not beside the project")
    targeted = set(find_codes(json.loads(found[-1].read_text(encoding="utf-8"))))
    assert targeted
    assert [code for code in sorted(targeted & set(GROUPS)) if not GROUPS[code].has_french_duties()] == []


def find_codes(value: object):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from find_codes(key)
            yield from find_codes(each)
    elif isinstance(value, list):
        for each in value:
            yield from find_codes(each)
    elif isinstance(value, str) and len(value) == 5 and value.isdigit():
        yield value


def test_neighbours_and_referrals_name_groups_that_exist():
    for group in GROUPS.values():
        for other in (*group.elsewhere, *group.confused_with):
            assert other.code in GROUPS and other.code != group.code, group.code


def test_the_teer_is_the_second_digit():
    assert GROUPS["21231"].teer == 1
    assert GROUPS["75110"].teer == 5
    assert {group.teer for group in GROUPS.values()} == {0, 1, 2, 3, 4, 5}


def test_a_broken_content_file_is_refused_with_its_name_and_entry(tmp_path: Path):
    path = tmp_path / "99.yaml"
    path.write_text('- code: "9999"\n', encoding="utf-8")
    with pytest.raises(catalogue.BrokenContent, match=r"99\.yaml: entry 0 -> code"):
        catalogue.read(path)


def test_everyday_words_exist_for_every_group():
    assert set(everyday.read()) == set(GROUPS)


def test_the_concordance_has_584_pairs_of_codes_that_exist():
    pairs = [(old, new) for old, news in concordance.successors().items() for new in news]
    assert len(pairs) == 584
    assert all(len(old) == 4 for old, _ in pairs)
    assert {new for _, new in pairs} == set(GROUPS)


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("0011", ("00010",)),  # a leading zero is part of the code
        ("2173", ("21211", "21231")),  # split
        ("2147", ("21311",)),
    ],
)
def test_a_code_of_2016_leads_to_its_successors(old, expected):
    found = concordance.successors()[old]
    assert set(expected) <= set(found)
