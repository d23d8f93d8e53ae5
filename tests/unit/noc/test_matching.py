"""The matcher on what people type."""

from __future__ import annotations

import pytest

from knowledge.noc.match_result import MatchResult
from knowledge.noc.matching import Matcher
from knowledge.noc.unit_group import Text

NURSE = "I give injections, check vital signs, dress wounds and write charts for patients in intensive care."
DATA = (
    "- build ETL pipelines in Spark and Airflow\n- train machine learning models\n"
    "- model data in Snowflake\n- monitor data quality"
)


def best(result: MatchResult) -> str:
    return result.matches[0].code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NURSE, "31301"),
        (DATA, "21211"),
        ("I fix leaking pipes, install toilets and water heaters in houses", "72300"),
        ("drive a tractor-trailer across Canada, check the load, keep the logbook", "73300"),
        ("prepare tax returns and audit the financial statements of companies", "11100"),
        ("welder", "72106"),
        ("registered nurse", "31301"),
        ("electrcian", "72200"),  # a typo
        ("softwre enginer", "21231"),  # two typos
        ("infirmière autorisée", "31301"),
        ("développeuse web", "21234"),
        ("Je soude des pièces de métal à l’arc et je lis des plans", "72106"),
    ],
)
def test_duties_and_titles_lead_to_their_code(matcher, text, code):
    assert best(matcher.match(text)) == code


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("   \n ", "empty"),
        ("?", "too_short"),
        ("12", "too_short"),
        ("student", "not_an_occupation"),
        ("I am retired", "not_an_occupation"),
        ("étudiante", "not_an_occupation"),
        ("SELECT name FROM users WHERE id = 1;", "code"),
        ("def run(x):\n    return x", "code"),
        (
            "Desarrollo aplicaciones web para los clientes y el equipo de la empresa con las bases",
            "other_language",
        ),
        ("我是软件工程师", "other_language"),
        ("qwrtpz xzzvk", "nothing_found"),
    ],
)
def test_what_cannot_be_matched_says_why(matcher, text, problem):
    result = matcher.match(text)
    assert result.problem == problem
    assert result.matches == ()


def test_twenty_thousand_words_are_read_in_part_and_said_so(matcher):
    result = matcher.match("I write Java code and test it. " * 3000)
    assert result.problem == "too_long"
    assert best(result) in {"21231", "21232"}


def test_a_letter_about_two_jobs_is_matched_with_a_warning(matcher):
    text = "I worked there as a cook and prepared meals. In my second job I drove a taxi in the city."
    assert matcher.match(text).problem == "two_jobs"


def test_one_strange_word_gives_an_answer_or_a_reason(matcher):
    for text in ("x", "cook", "kubernetes", "🙂", "a" * 5000):
        result = matcher.match(text)
        assert result.matches or result.problem


def test_evidence_pairs_what_was_said_with_the_groups_own_duties(matcher):
    result = matcher.match(DATA)
    match = result.matches[0]
    assert match.evidence
    assert {line.said for line in match.evidence} <= set(result.said)
    assert all(0 < line.score <= 1 and 0 < line.share <= 1 for line in match.evidence)
    assert 0 < match.duty_coverage <= 1 and 0 < match.lead_coverage <= 1


def test_what_is_missing_is_not_among_what_is_met(matcher):
    from knowledge.noc import catalogue

    match = matcher.match(DATA).matches[0]
    duties = set(catalogue.load()[match.code].duties.en)
    assert set(match.missing) < duties
    assert len(match.missing) == round(len(duties) * (1 - match.duty_coverage))


def test_evidence_is_told_in_the_language_of_the_chat(matcher):
    from knowledge.noc import catalogue

    result = matcher.match(DATA, language="fr")
    french = set(catalogue.load()["21211"].duties.fr)
    assert result.language == "fr"
    assert {line.duty for line in result.matches[0].evidence} <= french


def test_scores_are_probabilities_best_first(matcher):
    scores = [match.score for match in matcher.match(DATA, top=10).matches]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1 and sum(scores) <= 1.001


def test_shares_move_the_answer(matcher):
    coding = matcher.match(
        "95 % write and debug application code in Java, 5 % hire, lead and appraise IT staff"
    )
    leading = matcher.match(
        "5 % write and debug application code in Java, "
        "95 % manage IT departments, budgets, hire, lead and appraise IT staff"
    )
    assert best(coding) in {"21231", "21232"}
    assert best(leading) == "20012"


def test_a_title_never_outvotes_duties_and_the_disagreement_is_told(matcher):
    result = matcher.match(NURSE, title="Web developer")
    assert best(result) == "31301"
    assert result.disagreement is not None
    assert (result.disagreement.title_code, result.disagreement.duties_code) == ("21234", "31301")


def test_a_title_that_agrees_is_no_disagreement(matcher):
    assert matcher.match(NURSE, title="Registered nurse").disagreement is None


def test_confusable_codes_bring_the_question_that_decides(matcher):
    asked = [
        matcher.match(text).question
        for text in (
            "I develop software applications, design them, write code and test",
            "write and maintain code of in-house systems and program new applications",
            "web pages: design the layout and program them",
        )
    ]
    question = next(each for each in asked if each)
    assert question.yes != question.no
    assert isinstance(question.text, Text) and question.text.en.endswith("?")


def test_the_same_text_gives_the_same_answer(matcher):
    assert matcher.match(DATA) == matcher.match(DATA)


def test_one_vague_word_is_not_called_sure(matcher):
    assert matcher.match("manager").confidence != "sure"
    assert matcher.match("I help people").confidence != "sure"


@pytest.mark.parametrize("text", ["écrire du code", "fix cars", "help people with taxes"])
def test_nothing_is_sure_of_a_few_words_that_are_nobodys_title(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).confidence == "unsure"
