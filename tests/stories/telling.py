"""What the stories share: answering an interview by the names of the facts, whatever order it asks in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.questions import wordings
from bot.sandbox import StoryClient, StoryPerson
from bot.sandbox.transcript import Message, message_from
from knowledge.content.render import Language, label

Answers = Mapping[str, str]
KEEP: Mapping[str, str] = {"en": "Yes, keep my answers", "fr": "Oui, gardez mes réponses"}
UNSURE: Mapping[str, str] = {"en": "I don't know", "fr": "je ne sais pas"}
MOST_QUESTIONS = 45
# Pictures that stand for a word: arrows, ticks and question marks stay beside their words.
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u274c]")

# Employers whom every rule suits, and nothing else about the person.
GOOD_EMPLOYER: Answers = {
    "employer_premises": "yes",
    "employer_public_service": "no",
    "employer_years": "12 years",
    "employer_orders": "no",
    "employer_staff": "40",
    "employer_revenue": "6,000,000",
}


def language_of(person: StoryPerson) -> Language:
    return "fr" if person.language == "fr" else "en"


def open_question(person: StoryPerson) -> str | None:
    """The fact the bot's last message asks for; None where it asks for none."""
    language = language_of(person)
    said = spaced(person.last.text)
    if spaced(label("ask.noc_of_no_offer", language)) in said:
        return "noc"
    asked = (name for name, words in wordings().items() if spaced(words.ask.to(language)) in said)
    return next(asked, None)


async def interviewed(person: StoryPerson, answers: Answers, until: str) -> None:
    """Answers what is asked from `answers`, "I don't know" to the rest, until the text `until` shows."""
    before: tuple[str | None, str | None] = (None, None)
    for _ in range(MOST_QUESTIONS):
        if until in spaced(person.last.text):
            return
        question = open_question(person)
        assert question, f"neither a question nor {until!r}:\n{person.chat}"
        answer = answers.get(question)
        assert before != (question, answer), f"{answer!r} was not understood:\n{person.chat}"
        before = question, answer
        if answer is None and question.startswith("employer_"):
            await person.tap(label("skip_employer", language_of(person)))
        else:
            await person.send(answer or UNSURE[language_of(person)])
    raise AssertionError(f"{until!r} never came:\n{person.chat}")


async def checks_ontario(person: StoryPerson, answers: Answers, until: str) -> None:
    """From nothing to the assessment of Ontario's stream."""
    await person.send("/streams")
    await person.tap(KEEP[language_of(person)])
    await interviewed(person, answers, until)


def spaced(text: str) -> str:
    """The text with plain spaces and straight apostrophes and no space before a question mark, to search in."""
    plain = re.sub(r"[\u00a0\u202f\u2009]", " ", text).replace("\u2019", "'")
    return re.sub(r" ([;?!])", r"\1", plain)


def line_with(person: StoryPerson, words: str) -> str:
    """The one line of the last message that holds `words`."""
    found = [line for line in spaced(person.last.text).splitlines() if words in line]
    assert len(found) == 1, f"{len(found)} lines with {words!r}:\n{person.last.text}"
    return found[0]


def is_sourced(person: StoryPerson) -> bool:
    """Whether something in the last reply links to a page of a government and says of when it is."""
    official = any(
        re.search(r"(ontario|canada|statcan\.gc|justice\.gc)\.ca", link)
        for m in person.replies
        for link in m.links
    )
    dated = re.search(r"(as of|en date du|au) \d{1,2}(er)? \w+ 20\d\d", spaced(person.reply), re.IGNORECASE)
    return official and bool(dated)


def is_readable_aloud(person: StoryPerson) -> bool:
    """Whether every message of the bot, with its buttons, is told in words: no bare emoji, no picture without text."""
    spoken = [m for m in person.messages if m.from_bot]
    return all(
        re.search(r"\w", m.text)
        and not EMOJI.search(m.text)
        and all(re.search(r"\w", button) and not EMOJI.search(button) for button in m.buttons)
        for m in spoken
    )


async def heard_in(story: StoryClient, room: int, least: int) -> list[Message]:
    """What the bot has said in a group, once it has said `least` things and gone quiet."""
    said: list[Message] = []
    for _ in range(20):
        params = {"chat": room, "since": 0, "timeout": 1, "quiet": 0.3}
        events = (await story.get("events", params))["events"]
        said = [
            m for m in (message_from(e["message"]) for e in events if e["kind"] == "message") if m.from_bot
        ]
        if len(said) >= least:
            break
    return said
