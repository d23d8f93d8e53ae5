"""The tools as people meet them: by the menu, in both languages, from the first tap to the picture or the paper."""

from __future__ import annotations

import pytest

from bot.sandbox import StoryClient, StoryPerson

# A picture is made in a process of its own, which takes its time on a busy machine.
DRAWN = 40.0
LETTER = """Northern Light Inc., 10 Main Street, Sudbury
This is to certify that she has been employed with us as Software Engineer since March 2021, 40 hours a week.
- Designing the architecture of our payment platform
- Building services in Go and deploying them with Kubernetes
- Reviewing code and mentoring two developers
Sincerely, R. Smith"""
OLD_ARTICLE = """Ontario's tech draws are the best way in 2026.
You can submit an EOI directly to Human Capital Priorities.
Software engineers and designers use NOC 21232.
Leaving Toronto gives you 8 points. You need an LMIA."""


async def with_a_code(story: StoryClient, language: str) -> StoryPerson:
    """Somebody whose job offer is 21231, answers kept."""
    person = await story.person("Ada", language=language)
    await person.send("/noc 21231")
    await person.tap("Use 21231" if language == "en" else "Choisir 21231")
    await person.tap("Yes, keep my answers" if language == "en" else "Oui, gardez mes réponses")
    return person


async def test_where_else_comes_as_a_picture_with_its_words(story: StoryClient) -> None:
    ada = await with_a_code(story, "en")
    await ada.send("/tools")
    await ada.tap("Where else in Ontario?")
    await ada.wait_for("Thunder Bay", DRAWN)
    assert any(message.raw.get("photo") for message in ada.replies)
    assert "Thunder Bay" in ada.reply and "$1,000,000" in ada.reply
    await ada.tap("Ontario or elsewhere?")
    await ada.wait_for("never compare", DRAWN)
    assert "British Columbia" in ada.reply and "never compare" in ada.reply
    await ada.tap("Other provinces")
    assert "Manitoba" in ada.last.text


async def test_ailleurs_en_ontario_en_images_et_en_mots(story: StoryClient) -> None:
    zoe = await with_a_code(story, "fr")
    await zoe.send("/tools")
    await zoe.tap("Où ailleurs en Ontario ?")
    await zoe.wait_for("Thunder Bay", DRAWN)
    assert any(message.raw.get("photo") for message in zoe.replies)
    assert "Thunder Bay" in zoe.reply and "non atteint" not in zoe.reply, "no wage was told"
    await zoe.tap("L'Ontario ou ailleurs ?")
    await zoe.wait_for("Colombie-Britannique", DRAWN)
    assert "Colombie-Britannique" in zoe.reply


async def test_a_letter_from_skeleton_to_check(story: StoryClient) -> None:
    ada = await with_a_code(story, "en")
    await ada.send("/letter")
    await ada.tap("Skeleton for 21231")
    assert "Did you " in ada.last.text
    await ada.tap("Check my letter")
    await ada.send(LETTER)
    assert "Reviewing code and mentoring two developers" in ada.last.text
    assert "No pay" in ada.last.text and "No hours" not in ada.last.text


async def test_a_checklist_and_a_deadline(story: StoryClient) -> None:
    ada = await with_a_code(story, "en")
    await ada.send("/checklist")
    assert "Job offer number" in ada.last.text
    await ada.tap("Your part after the invitation")
    assert "Reference letters" in ada.last.text
    await ada.send("/deadlines")
    await ada.tap("I was invited")
    await ada.send("no idea when")
    assert "I need a date" in ada.last.text
    await ada.send("20 November 2026")
    assert "7 December 2026" in ada.last.text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("No longer so", "Never was so", "21231")),
        ("fr", ("N'est plus vrai", "N'a jamais été vrai", "21231")),
    ],
)
async def test_somebody_who_believes_an_old_article(
    story: StoryClient, language: str, expected: tuple[str, ...]
) -> None:
    bob = await story.person("Bob", language=language)
    await bob.send("/article")
    await bob.send(OLD_ARTICLE)
    for words in expected:
        assert words in bob.reply
    # what follows is conversation again, not another article
    await bob.send("/menu" if language == "en" else "bonjour")
    assert "No longer so" not in bob.last.text


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_my_file_is_a_pdf(story: StoryClient, language: str) -> None:
    ada = await with_a_code(story, language)
    await ada.send("/myfile")
    await ada.wait_for("PDF", DRAWN)
    (document,) = [message.raw["document"] for message in ada.replies if message.raw.get("document")]
    assert document["file_name"] == "my-file.pdf"
    assert document["file_size"] > 50_000
    assert "21231" in ada.reply


async def test_a_tool_is_left_for_a_question_and_the_interview_goes_on(story: StoryClient) -> None:
    ada = await with_a_code(story, "en")
    await ada.send("/streams")
    await ada.send("/article")
    await ada.send("You need an LMIA for Ontario")
    assert "LMIA" in ada.reply
    await ada.send("/menu")
    await ada.tap("Continue where I was")
    assert "offered you a job" in ada.last.text


async def test_a_person_to_talk_to(story: StoryClient) -> None:
    ada = await story.person("Ada", language="fr")
    await ada.send("/human")
    assert "college-ic.ca" in ada.last.text and "lso.ca" in ada.last.text
