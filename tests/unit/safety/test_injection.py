"""What people write comes back as they wrote it or not at all; other people's buttons do nothing for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.callbacks import Answer, decode
from bot.conversation.events import Asker, Command, InlineQuery, Tap, Text
from bot.conversation.replies import Button, Notice, Reply, Say
from bot.conversation.session import Session
from bot.noc_import import import_into
from bot.store.address import Address
from bot.store.database import Store
from bot.telegram.effects import Doer, carry_out
from bot.telegram.updates import read
from knowledge.noc.official_table import BrokenOfficialFile
from tests.unit.safety.hostile import ANN, HOSTILE, TODAY, begun, texts, turn, voice

BOB = Asker(chat_id=78, language_code="en", in_group=False, is_admin=False)


def walked(session: Session, replies: list[Reply], steps: int) -> tuple[Session, list[Reply]]:
    """Some taps into the interview, each on the first button there is."""
    for n in range(steps):
        found = next((one for one in buttons(replies) if one.data), None)
        if found is None or found.data is None:
            break
        session, replies = turn(session, Tap(found.data, 5, f"q{n}"))
    return session, replies


def buttons(replies: list[Reply]) -> list[Button]:
    return [one for reply in replies if isinstance(reply, Say) for row in reply.keyboard for one in row]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("opening", ["/start", "/streams", "/score crs", "/noc", "/faq", "/draws", "/tools"])
def test_hostile_words_break_no_markup_and_run_nowhere(said: str, opening: str) -> None:
    name, _, argument = opening[1:].partition(" ")
    session, replies = turn(begun(), Command(name, argument))
    session, _ = walked(session, replies, 3)
    # Every text of every reply is parsed as Telegram would in `turn`.
    for event in (Text(said), Command(name, said), InlineQuery("q", said[:256]), Tap(said[:64], 5, "q")):
        session, replies = turn(session, event)
        for text in (text for reply in replies for text in texts(reply)):
            assert "<script" not in text
            assert "tg://user" not in text.replace("&", "").lower() or "<a href='tg://" not in text
            assert "__subclasses__" not in text or "{%" in text or said in text
    if "7 * 7" in said:
        assert not any("49 " in text for reply in replies for text in texts(reply))


def test_a_button_of_another_persons_interview_changes_nothing() -> None:
    ann, replies = turn(begun(), Command("streams", ""))
    ann, replies = walked(ann, replies, 2)
    stolen = next(one.data for one in buttons(replies) if one.data and isinstance(decode(one.data), Answer))
    bob, bobs = turn(begun(BOB), Command("streams", ""), BOB)
    for n in range(2):
        way = next(one.data for one in buttons(bobs) if one.data)
        bob, bobs = turn(bob, Tap(way, 5, f"q{n}"), BOB)
    after, replies = turn(bob, Tap(stolen, 5, "q"), BOB)
    assert after.profile == bob.profile
    assert any(isinstance(reply, Notice) for reply in replies)


ADMINISTRATION = [
    *(Tap(f"1g|admin|{said}", 5, "q") for said in ("approve 1", "cancel 1", "hold 1", "status", "note 1 hi")),
    *(Command(name, "approve 1") for name in ("admin", "approve", "status", "publish")),
]


@pytest.mark.parametrize("event", ADMINISTRATION, ids=str)
async def test_what_administrators_do_nobody_else_can(event: Tap | Command, sqlite_store: Store) -> None:
    async def hook(*_: object) -> tuple[()]:
        raise AssertionError("carried out for somebody who is no administrator")

    outcome = voice().respond(begun(), event, ANN, TODAY)
    async with sqlite_store.writing() as tx:
        for effect in outcome.effects:
            assert await carry_out(tx, effect, Doer(Address(77, 77), ANN, TODAY, hook)) == ()


async def test_in_a_group_an_administrator_is_like_anybody_else() -> None:
    person = {"id": 42, "is_bot": False, "first_name": "Ann"}
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "x"}, "from": person}
    letter = read({"update_id": 1, "message": message | {"text": "/admin approve 1"}}, "trillium_bot")
    assert letter is not None
    assert not letter.asker(frozenset({42})).is_admin


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "a\u0000b", "con"])
def test_the_name_of_an_imported_file_leads_nowhere(name: str, tmp_path: Path) -> None:
    data = tmp_path / "inner" / "data"
    with pytest.raises(BrokenOfficialFile):
        import_into(data, [(name, b"not,a,table\n")], lambda _: None)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
