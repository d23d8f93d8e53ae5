"""The checklist follows what the person told: what does not concern them goes, the unknown says when it counts."""

from datetime import date

import pytest

from knowledge.documents.checklist import PATHWAYS, STAGES, checklist, documents, pathway_of, stages
from knowledge.documents.situations import SITUATIONS
from rules.profile import Profile


def ids(profile: Profile, pathway: str = "teer_0_3", stage: str | None = None) -> set[str]:
    return {entry.document.id for entry in checklist(profile, pathway, stage)}  # type: ignore[arg-type]


def only_if(profile: Profile, item: str) -> list[str]:
    entry = next(one for one in checklist(profile, "teer_0_3") if one.document.id == item)
    return [words.en for words in entry.only_if]


def test_nothing_told_lists_everything_with_its_condition() -> None:
    assert only_if(Profile(), "licence") == ["if the occupation needs a licence"]
    assert only_if(Profile(), "passport_pages") == []


@pytest.mark.parametrize(
    ("told", "gone"),
    [
        ({"licence": "not_required"}, "licence"),
        ({"months_in_position": 0}, "pay_slips"),
        ({"canadian_experience_years": 0, "best_year_earnings": 0}, "assessments"),
        ({"residence": "ontario", "status": "work_permit"}, "advertisements"),
        ({"noc": "21231"}, "cvor"),
        ({"education": "secondary"}, "credential_assessment"),
        ({"jobs": []}, "self_employment"),
    ],
)
def test_what_does_not_concern_the_person_is_left_out(told: dict[str, object], gone: str) -> None:
    assert gone in ids(Profile())
    assert gone not in ids(Profile.parse(told))


@pytest.mark.parametrize(
    ("told", "sure"),
    [
        ({"licence": "held"}, "licence"),
        ({"months_in_position": 8}, "pay_slips"),
        ({"residence": "abroad"}, "advertisements"),
        ({"noc": "73300"}, "cvor"),
        ({"spouse": {"education": "master"}}, "family_passports"),
        ({"education": "master", "canadian_credentials": 0}, "credential_assessment"),
        ({"jobs": [{"noc": "21231", "from": "2020-01-01", "self_employed": True}]}, "self_employment"),
        ({"express_entry_profile": True}, "funds"),
    ],
)
def test_what_concerns_the_person_needs_no_condition(told: dict[str, object], sure: str) -> None:
    assert only_if(Profile.parse(told), sure) == []


@pytest.mark.parametrize(
    ("told", "pathway"),
    [
        ({}, None),
        ({"noc": "20012"}, "teer_0_3"),
        ({"noc": "75110"}, "teer_4_5"),
        ({"noc": "31102", "ohip_billing": True}, "physicians"),
    ],
)
def test_the_occupation_leads_to_the_pathway(told: dict[str, object], pathway: str | None) -> None:
    assert pathway_of(Profile.parse(told)) == pathway


def test_physicians_have_no_employer() -> None:
    assert "employer" not in stages(Profile(), "physicians")
    assert "physician_proof" in ids(Profile(), "physicians")


def test_every_list_has_its_stages_in_order() -> None:
    for pathway in PATHWAYS:
        present = stages(Profile(), pathway)
        assert list(present) == [stage for stage in STAGES if stage in present]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_years_a_document_stays_good_come_from_the_rules(language: str) -> None:
    told = {
        one.document.id: one.detail(language, date(2026, 11, 23))  # type: ignore[arg-type]
        for one in checklist(Profile(), "teer_0_3")
    }
    assert "2" in told["language_result"] and "5" in told["credential_assessment"]
    assert not any("{" in detail for detail in told.values())


def test_items_are_known_once_sourced_and_dated() -> None:
    items = documents().items
    assert len({item.id for item in items}) == len(items)
    assert {name for item in items for name in item.when} == set(SITUATIONS)
    for proof in documents().sources.values():
        assert proof.as_of <= date(2026, 11, 23)
