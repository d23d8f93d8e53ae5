"""Each tool's screen in both languages: its words, its buttons, what it waits for."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.conversation import routes
from bot.conversation.replies import Attachment, Say
from bot.conversation.screens import article, checklist, deadlines, human, letter, provinces, tools
from bot.conversation.session import Session
from bot.conversation.turn import Outcome, Turn
from knowledge.provinces.card import card

Made = Callable[..., Turn]


def words(outcome: Outcome) -> str:
    (reply,) = outcome.replies
    assert isinstance(reply, (Say, Attachment))
    return reply.text if isinstance(reply, Say) else reply.caption


def labels(outcome: Outcome) -> list[str]:
    (reply,) = outcome.replies
    assert isinstance(reply, (Say, Attachment))
    return [button.label for row in reply.keyboard for button in row]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_tool_has_a_button(turn: Made, language: str) -> None:
    assert len(labels(tools.show(turn(language)))) == len(tools.TOOLS) + 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", [page.id for page in card().pages])
def test_the_caption_says_all_that_the_province_picture_shows(turn: Made, page: str, language: str) -> None:
    (reply,) = provinces.show(turn(language), page).replies
    assert isinstance(reply, Attachment)
    for line in reply.data["lines"]:  # type: ignore[attr-defined]
        for text, _ in line["cells"]:
            assert spaced(text.replace("'", "&#39;")) in spaced(reply.caption)
    assert "{" not in reply.caption


def test_the_operators_contact_is_shown(turn: Made) -> None:
    assert "help@example.org" in words(human.show(turn()))


def test_the_checklist_of_a_known_occupation_comes_at_once(turn: Made) -> None:
    assert "TEER 0-3" in words(checklist.command(turn(noc="21231")))
    assert "Which file" in words(checklist.command(turn()))


@pytest.mark.parametrize("argument", ["", "nowhere", "teer_0_3 nowhere", "earlier employer", "physicians"])
def test_any_argument_of_the_checklist_has_an_answer(turn: Made, argument: str) -> None:
    assert words(checklist.show(turn("fr"), argument))


def test_a_deadline_waits_for_its_day_and_then_counts(turn: Made) -> None:
    asked = deadlines.ask(turn(), "invitation")
    assert asked.session.awaiting == "date.invitation"
    told = deadlines.read(turn(), "invitation", "20 November 2026")
    assert told.session.awaiting is None
    assert "7 December 2026" in words(told) and "4 December 2026" in words(told)


def test_no_date_is_asked_again_with_what_is_accepted(turn: Made) -> None:
    again = deadlines.read(turn("fr"), "invitation", "violet")
    assert again.session.awaiting == "date.invitation"
    assert "mars 2023" in words(again)


def test_a_physician_has_one_deadline_after_the_invitation(turn: Made) -> None:
    found = deadlines.due(turn(ohip_billing=True), "invitation", date(2026, 11, 20))
    assert [one.name for one in found] == ["physician_application"]


def test_language_results_and_assessments_age_differently(turn: Made) -> None:
    day = date(2025, 1, 15)
    assert deadlines.due(turn(), "test", day)[0].last_day == date(2027, 1, 15)
    assert deadlines.due(turn(), "assessment", day)[0].last_day == date(2030, 1, 15)


@pytest.mark.parametrize("event", deadlines.EVENTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_event_can_be_told(turn: Made, event: str, language: str) -> None:
    assert words(deadlines.ask(turn(language), event))
    assert words(deadlines.show(turn(language), event, date(2024, 9, 19)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_article_is_asked_for_checked_and_not_kept(turn: Made, language: str) -> None:
    assert article.ask(turn(language)).session.awaiting == "article"
    told = article.read(turn(language), "", "Tech draws need an LMIA <b>now</b>")
    assert "LMIA &lt;b&gt;" in words(told)
    assert "LMIA" not in told.session.model_dump_json()


def test_a_text_without_known_claims_is_not_called_right(turn: Made) -> None:
    assert "That does not make it right" in words(article.read(turn(), "", "My cat is black."))


def test_the_letter_offers_a_skeleton_for_every_known_code(turn: Made) -> None:
    somebody = turn(noc="21231", jobs=[{"noc": "21222", "from": "2020-01-01"}])
    assert "Skeleton for 21231" in labels(letter.show(somebody))
    assert "Skeleton for 21222" in labels(letter.show(somebody))
    assert "Find your NOC code first" in words(letter.show(turn()))


def test_a_skeleton_of_an_unknown_code_leads_back(turn: Made) -> None:
    assert "It must hold" in words(letter.show_skeleton(turn(), "99999"))
    assert "Avez-vous eu à" in words(letter.show_skeleton(turn("fr"), "21231"))


LETTER = """Acme Inc.
This is to certify that Ada has been employed with us as Software Engineer since March 2021.
- Designing the architecture of the payment platform
- Reviewing code and mentoring two developers <b>daily</b>
Sincerely, Bob"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_is_asked_for_checked_and_not_kept(turn: Made, language: str) -> None:
    assert letter.ask(turn(language), "21231").session.awaiting == "letter.21231"
    told = letter.read(turn(language), "21231", LETTER)
    assert "mentoring two developers &lt;b&gt;" in words(told)
    assert {"en": "No hours", "fr": "Aucun horaire"}[language] in words(told)
    assert "mentoring" not in told.session.model_dump_json()


def test_two_words_are_no_letter(turn: Made) -> None:
    assert letter.read(turn(), "21231", "hello there").session.awaiting == "letter.21231"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("event", deadlines.EVENTS)
def test_a_question_in_between_is_answered(turn: Made, language: str, event: str) -> None:
    asked = {"en": "Do I need an LMIA?", "fr": "Faut-il une EIMT ?"}[language]
    assert "problem" not in words(deadlines.read(turn(language), event, asked))
    assert deadlines.read(turn(language), event, asked).session.awaiting is None


def spaced(text: str) -> str:
    """Non-breaking spaces as plain ones."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("tools", "tools"),
        ("my file", "myfile"),
        ("Print my file!", "myfile"),
        ("mon dossier", "myfile"),
        ("Reference letter", "letter"),
        ("lettre de référence", "letter"),
        ("show me the checklist", "checklist"),
        ("documents", "checklist"),
        ("deadlines", "deadlines"),
        ("échéances", "deadlines"),
        ("other provinces", "provinces"),
        ("Où ailleurs en Ontario ?", "relocation"),
        ("talk to someone", "human"),
        ("parler à quelqu’un", "human"),
        ("lawyer", None),
        ("I write reference letters for a living", None),
        ("document control clerk", None),
        ("What must the reference letter say?", None),
    ],
)
def test_a_short_message_names_a_tool(text: str, tool: str | None) -> None:
    assert tools.named(text) == tool
    assert tool is None or tool in routes.COMMANDS


def test_the_interview_comes_back_after_a_tool_was_given_its_text(turn: Made) -> None:
    asking = turn(noc="21231").at(Session(id="ab12", asking="has_job_offer", awaiting="article"))
    outcome = routes.awaited(asking.at(asking.session.at(awaiting=None)), "article", "You need an LMIA.")
    assert len(outcome.replies) == 2
    last = outcome.replies[-1]
    assert isinstance(last, Say) and "offered you a job" in last.text
