"""My file holds all that was told and got, every fact with its source, and becomes a PDF in both languages."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation.my_file import my_file
from bot.conversation.replies import Attachment, Say
from bot.conversation.screens import my_file as screen
from bot.conversation.turn import Turn
from bot.printing import Printer

Made = Callable[..., Turn]
TOLD: dict[str, Any] = {
    "noc": "21231",
    "has_job_offer": True,
    "hourly_wage": 48.5,
    "job_location": "Ottawa",
    "months_in_position": 14,
    "education": "master",
    "english": {"speaking": 9, "listening": 9, "reading": 9, "writing": 8},
    "status": "work_permit",
    "jobs": [{"noc": "21231", "from": "2025-09-15", "hours_per_week": 40, "place": "Ottawa #[x] *y* <z>"}],
}


def test_everything_told_is_in_it(turn: Made) -> None:
    data: Any = my_file(turn(**TOLD))
    told = dict(data["told"])
    assert told["Wage offered"] == "$48.50 an hour"
    assert len(told) == len(TOLD) - 1
    assert data["jobs"][0][1].startswith("21231 Software engineers")


def test_every_number_of_a_source_leads_to_one(turn: Made) -> None:
    data: Any = my_file(turn(**TOLD))
    numbers = [one["source"] for stream in (data["ontario"], *data["federal"]) for one in stream["criteria"]]
    numbers += [item["source"] for stage in data["checklist"]["stages"] for item in stage["items"]]
    assert set(numbers) <= set(range(1, len(data["sources"]) + 1))
    assert all(source["url"].startswith("https://") for source in data["sources"])


def test_it_is_plain_data_in_either_language(turn: Made) -> None:
    for language in ("en", "fr"):
        data = my_file(turn(language, **TOLD))
        assert json.loads(json.dumps(data)) == data


def test_a_place_that_cannot_be_found_is_said(turn: Made) -> None:
    (reply,) = screen.show(turn(job_location="Perth (nowhere at all)", noc="21231")).replies
    assert isinstance(reply, Say) and "was not found in Ontario" in reply.text


def test_nothing_told_leads_to_the_questions(turn: Made) -> None:
    (reply,) = screen.show(turn()).replies
    assert not isinstance(reply, Attachment)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_it_is_printed_as_a_pdf(turn: Made, language: str) -> None:
    (reply,) = screen.show(turn(language, **TOLD)).replies
    assert isinstance(reply, Attachment) and reply.form == "document"
    made = await Printer().make(reply.kind, reply.data)
    assert made.startswith(b"%PDF") and len(made) > 50_000
