"""The parsers on small pages with every trap, and on what is not the page at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from knowledge.draws.parsing import federal, ontario
from knowledge.draws.parsing.cells import Days, Unreadable, count, days, score
from knowledge.draws.parsing.outcome import BadFeed, Parsed
from knowledge.draws.parsing.updates import attach, parse_updates
from tests.unit.draws.pages import INVITATIONS, NOTIFICATIONS, UPDATES, federal_feed

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("April 30, 2026", Days(date(2026, 4, 30))),
        ("September 19. 2023", Days(date(2023, 9, 19))),
        ("August 11 - 16, 2023", Days(date(2023, 8, 11), date(2023, 8, 16))),
        ("March 8-9, 2023", Days(date(2023, 3, 8), date(2023, 3, 9))),
        ("March 30 – April 2, 2023", Days(date(2023, 3, 30), date(2023, 4, 2))),
        ("August 15, 2019 10:00 a.m. EST", Days(date(2019, 8, 15))),
        ("June 3 2024", Days(date(2024, 6, 3))),
        ("2026-08-07", Days(date(2026, 8, 7))),
    ],
)
def test_a_date_is_read_in_every_spelling_the_pages_use(text: str, expected: Days) -> None:
    assert days(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    ["April 30, 2206", "2206-04-30", "February 30, 2026", "Soon", "", "May 3, 1999", "Avrilos 3, 2024"],
)
def test_a_date_no_draw_can_have_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Unreadable):
        days(text, TODAY)


@pytest.mark.parametrize(("text", "expected"), [("1,334", 1334), ("786", 786), ("2084", 2084), ("371*", 371)])
def test_a_count_is_read_with_commas_and_stars(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize("text", ["-5", "12.5", "9,999,999", "many", "", "1,33"])
def test_a_count_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        count(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("57 and above", (57, None)),
        ("137 to 162", (137, 162)),
        ("473-516", (473, 516)),
        ("471–480", (471, 480)),
        ("473 - 480", (473, 480)),
        ("N/A", (None, None)),
        ("", (None, None)),
        ("388", (388, None)),
    ],
)
def test_a_score_is_read_as_a_range_or_a_floor(text: str, expected: tuple[int | None, int | None]) -> None:
    assert score(text) == expected


@pytest.mark.parametrize("text", ["480-473", "9999", "high", "-12"])
def test_a_score_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        score(text)


def test_invitations_are_read_by_their_headers_whatever_their_order() -> None:
    read = ontario.parse_invitations(INVITATIONS.encode(), TODAY)
    assert [(d.stream, d.date.isoformat(), d.ordinal, d.size, d.score_min, d.region) for d in read.draws] == [
        ("foreign_worker", "2026-04-23", "1", 1318, 63, "east"),
        ("foreign_worker", "2026-04-23", "2", 57, 60, "north"),
        ("foreign_worker", "2026-01-15", "1", 4, None, None),
        ("workforce_priority", "2026-09-08", "1", 2084, 71, None),
        ("in_demand_skills", "2024-07-16", "1", 424, 81, None),
        ("in_demand_skills", "2023-09-19", "1", 537, 41, None),
        ("entrepreneur", "2023-03-31", "1", 13, 137, None),
    ]
    assert [draw.grid for draw in read.draws] == ["g2", "g2", "none", "g3", "g2", "g2", "entrepreneur"]
    assert [problem.reason for problem in read.problems] == ["section_year"]


def test_notifications_keep_their_span_of_days_and_drop_the_star() -> None:
    read = ontario.parse_notifications(NOTIFICATIONS.encode(), TODAY)
    assert [(d.stream, d.size, d.score_min, d.score_max, d.targets) for d in read.draws] == [
        ("human_capital_priorities", 2084, 473, 516, ("tech", "health")),
        ("human_capital_priorities", 2118, 471, 480, ("tech",)),
        ("skilled_trades", 371, None, None, ()),
    ]
    assert read.draws[0].date_end == date(2023, 8, 16)
    assert not read.problems


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("April 23, 2026", "April 23, 2206", "date"),
        ("1,318", "-1,318", "number"),
        ("63 and above", "sixty", "score"),
        ("<th>Date issued</th><th>Number of invitations issued</th>", "<th>A</th><th>B</th>", "columns"),
        ("Ontario Workforce Priority stream", "Quite Another stream", "stream"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_on_a_page_is_reported_and_the_rest_is_read(
    old: str, new: str, reason: str
) -> None:
    whole = ontario.parse_invitations(INVITATIONS.encode(), TODAY)
    read = ontario.parse_invitations(INVITATIONS.replace(old, new, 1).encode(), TODAY)
    assert reason in {problem.reason for problem in read.problems}
    assert 0 < len(read.draws) < len(whole.draws)


def test_a_script_in_a_note_leaves_no_trace() -> None:
    read = ontario.parse_invitations(INVITATIONS.encode(), TODAY)
    assert "alert" not in repr(read)


def test_updates_give_each_list_its_stream_score_and_region() -> None:
    read = parse_updates(UPDATES.encode(), TODAY)
    (only,) = read.lists
    assert (only.streams, only.scores, only.region) == (
        ("foreign_worker",), (("foreign_worker", 63),), "east",
    )  # fmt: skip
    # The page lost the leading zeros of the second code.
    assert only.codes == ("21231", "00013")


def test_lists_go_to_the_draw_they_speak_of_and_to_no_other() -> None:
    draws = ontario.parse_invitations(INVITATIONS.encode(), TODAY).draws
    with_lists, problems = attach(draws, parse_updates(UPDATES.encode(), TODAY).lists)
    assert [draw.codes for draw in with_lists if draw.codes] == [("21231", "00013")]
    assert with_lists[0].codes and not problems
    elsewhere = [draw for draw in draws if draw.region != "east"]
    assert attach(elsewhere, parse_updates(UPDATES.encode(), TODAY).lists)[1]


def test_federal_rounds_keep_their_number_as_text() -> None:
    read = federal.parse(federal_feed(), TODAY)
    assert [(d.key, d.stream, d.size, d.score_min) for d in read.draws] == [
        ("federal:92", "general", 3750, 451),
        ("federal:91b", "federal_skilled_trades", 200, 288),
        ("federal:91a", "pnp", 500, 902),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"drawDate": "2206-01-01"}, "date"),
        ({"drawSize": "-5"}, "number"),
        ({"drawCRS": "5000"}, "score"),
        ({"drawNumber": ""}, "number_missing"),
        ({"drawNumber": "<script>1</script>"}, "number_missing"),
        ({"drawNumber": "91a"}, "row"),
        ({"drawSize": None}, "number"),
    ],
)
def test_a_federal_row_that_cannot_be_is_reported_and_left_out(
    change: dict[str, object], reason: str
) -> None:
    read = federal.parse(federal_feed(change), TODAY)
    assert [problem.reason for problem in read.problems] == [reason]
    assert len(read.draws) == 2


PARSERS: list[Callable[[bytes, date], object]] = [
    federal.parse, ontario.parse_invitations, ontario.parse_notifications, parse_updates,
]  # fmt: skip


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"<html><head><title>Access Denied</title></head><body>Request unsuccessful. Incapsula</body></html>",
        b"<html><body><main><p>New layout</p></main></body></html>",
        json.dumps({"rounds": []}).encode(),
        b'{"rounds": [{"drawNumber": "1"',
        "Année".encode("utf-16"),
        b"x" * 50_000_000,
        b"[" * 200_000,
    ],
    ids=["empty", "blank", "block page", "other layout", "no rounds", "cut off", "encoding", "50 MB", "deep"],
)
def test_what_is_not_the_document_at_all_is_a_bad_feed(
    parse: Callable[[bytes, date], Parsed], content: bytes
) -> None:
    with pytest.raises(BadFeed) as caught:
        parse(content, TODAY)
    assert caught.value.kind and str(caught.value)


def test_a_page_cut_in_the_middle_is_told_from_a_page_that_lost_rows() -> None:
    with pytest.raises(BadFeed) as caught:
        ontario.parse_invitations(INVITATIONS[: len(INVITATIONS) // 2].encode(), TODAY)
    assert caught.value.kind == "truncated"
