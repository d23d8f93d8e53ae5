"""Bad input gets a clear answer and loses nothing."""

from __future__ import annotations

import pytest

from bot.sandbox import StoryClient, StoryPerson


@pytest.fixture
async def ada(story: StoryClient) -> StoryPerson:
    """Ada, asked for the wage of her offer."""
    person = await story.person("Ada")
    await person.send("/streams")
    await person.tap("Yes, keep my answers")
    for answer in ("yes", "21231", "Ottawa"):
        await person.send(answer)
    assert "What does the job offer pay?" in person.last.text
    return person


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("a fortune", "amount in dollars"),
        ("-5", "amount in dollars"),
        ("99999999 an hour", "accept"),
        ("🙂🙃", "amount in dollars"),
        ("مرحبا بكم في كندا", "amount in dollars"),
        ("<b>lots</b> & <script>", "amount in dollars"),
    ],
)
async def test_an_answer_that_is_none(ada: StoryPerson, typed: str, says: str) -> None:
    await ada.send(typed)
    assert says in ada.last.text
    assert "What does the job offer pay?" in ada.last.text
    await ada.send("$60/h")
    assert "$60 an hour" in ada.last.text


async def test_a_text_that_is_too_long(ada: StoryPerson) -> None:
    # Telegram cuts a message at 4,096 characters; a client that does not still gets a clear word
    await ada.send("word " * 800)
    assert "What does the job offer pay?" in ada.last.text


async def test_a_photo_and_a_voice_message(ada: StoryPerson) -> None:
    await ada.send_photo()
    assert "only read text" in ada.messages[-2].text
    assert "What does the job offer pay?" in ada.last.text


@pytest.mark.parametrize(
    "data", ["", "nonsense", "1a|zzz|1|yes", "1a|x|notanumber|yes", "1g|nowhere|x", "9" * 60]
)
async def test_forged_callback_data_changes_nothing(ada: StoryPerson, data: str) -> None:
    await ada.forge(data or "?")
    await ada.send("$60/h")
    assert "$60 an hour" in ada.last.text


async def test_a_tap_on_an_old_keyboard_is_answered_kindly(ada: StoryPerson) -> None:
    offer = next(message for message in ada.messages if "offered you a job" in message.text)
    await ada.tap("No", message=offer)
    assert "What does the job offer pay?" in ada.last.text
    await ada.send("/review")
    assert "Ontario job offer: Yes" in ada.last.text


async def test_start_in_the_middle_loses_nothing(ada: StoryPerson) -> None:
    await ada.send("/start")
    await ada.tap("Continue where I was")
    assert "What does the job offer pay?" in ada.last.text


async def test_an_edited_message_says_how_to_change_an_answer(ada: StoryPerson) -> None:
    await ada.edit_last("Toronto")
    assert "edited" in ada.last.text
    await ada.tap("Continue where I was")
    assert "What does the job offer pay?" in ada.last.text


async def test_an_unknown_command_lists_those_that_exist(ada: StoryPerson) -> None:
    await ada.send("/dance")
    assert "/dance" in ada.last.text
    assert "/noc" in ada.last.text


async def test_the_language_changes_in_the_middle(ada: StoryPerson) -> None:
    await ada.send("/settings")
    await ada.tap("Français")
    assert "Quel est le salaire de l'offre" in ada.last.text


async def test_an_ambiguous_place_asks(story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/streams")
    await ada.tap("Yes, keep my answers")
    await ada.send("yes")
    await ada.send("21231")
    await ada.send("Perth")
    assert "Perth (town, Lanark)" in [button for button in ada.last.buttons]
    await ada.tap("Perth (town, Lanark)")
    assert "Place of the job: Perth (town, Lanark)" in ada.last.text
