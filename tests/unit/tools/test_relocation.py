"""The offer elsewhere: what the picture shows stands in the caption; another place changes only its own points."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation.replies import Attachment, Say
from bot.conversation.screens import relocation
from bot.conversation.turn import Turn
from bot.printing import Printer

Made = Callable[..., Turn]
OFFER: dict[str, Any] = {
    "noc": "21231",
    "hourly_wage": 56.5,
    "months_in_position": 14,
    "status": "work_permit",
    "job_location": "Ottawa",
}


def shown(turn: Turn) -> Attachment:
    (reply,) = relocation.show(turn).replies
    assert isinstance(reply, Attachment)
    return reply


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("told", [OFFER, {}], ids=["an offer", "nothing told"])
def test_the_caption_says_all_that_the_picture_shows(turn: Made, language: str, told: dict[str, Any]) -> None:
    reply = shown(turn(language, **told))
    for row in reply.data["rows"]:  # type: ignore[attr-defined]
        for name in ("region", "revenue", "staff", "wage", "gain"):
            assert row[name] in reply.caption
        assert f"<b>{row['score']}</b>" in reply.caption


def test_the_regions_stand_apart_by_their_points(turn: Made) -> None:
    rows: Any = shown(turn(**OFFER)).data["rows"]
    scores = {row["name"]: row["score"] for row in rows}
    assert scores["Ottawa (now)"] - scores["Toronto"] == 10
    assert scores["Ottawa (now)"] - scores["Mississauga"] == 5
    assert scores["Thunder Bay"] - scores["Ottawa (now)"] == 5
    assert scores["Ottawa (now)"] == scores["Waterloo"] == scores["London"] == scores["Hamilton"]


def test_the_employers_floor_and_the_median_are_those_of_the_place(turn: Made) -> None:
    rows: Any = shown(turn(**OFFER)).data["rows"]
    by_name = {row["name"]: row for row in rows}
    assert by_name["Toronto"]["revenue"] == "$1,000,000" and by_name["Toronto"]["staff"] == "5 staff"
    assert by_name["Ottawa (now)"]["revenue"] == "$500,000" and by_name["London"]["staff"] == "3 staff"
    assert "not reached" in by_name["Ottawa (now)"]["wage"]
    assert by_name["London"]["wage"].endswith(", reached")


def test_without_a_job_only_the_place_is_counted_and_that_is_said(turn: Made) -> None:
    reply = shown(turn())
    assert "points of the place alone" in reply.caption
    assert [row["score"] for row in reply.data["rows"]][:2] == [0, 5]  # type: ignore[attr-defined]


def test_a_place_that_cannot_be_found_is_said(turn: Made) -> None:
    (reply,) = relocation.show(turn(job_location="Paris, France")).replies
    assert isinstance(reply, Say)


async def test_the_picture_is_drawn(turn: Made) -> None:
    reply = shown(turn("fr", **OFFER))
    assert (await Printer().make(reply.kind, reply.data)).startswith(b"\x89PNG")
