"""`oinp faq`: one question for a person, many for a program, and what the author should write next."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from bot.cli import jsonl
from bot.cli.faq import app, found
from bot.cli.faq_gaps import Helped, gaps
from bot.store.database import open_store
from bot.store.feedback import keep
from bot.store.schema import upgrade
from knowledge.faq.index import load_faq

FAQ = load_faq()
RUN = CliRunner()


def answered(*lines: object) -> tuple[list[dict], int]:
    source = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    target = io.BytesIO()
    status = jsonl.copy(source, target, lambda data: found(FAQ, data))
    return [json.loads(line) for line in target.getvalue().splitlines()], status


def test_a_line_gives_up_to_five_entries_with_the_numbers_they_cover():
    (line,), status = answered({"id": "a", "text": "is there still a tech draw", "lang": "en"})
    assert status == 0
    assert line["id"] == "a"
    assert line["answered"] is True
    assert line["entries"][0] == "tech-draw"
    assert line["answers"][0] == [1]
    assert len(line["entries"]) == len(line["answers"]) <= 5


def test_out_of_scope_gives_empty_lists():
    (line,), status = answered({"id": 7, "text": "how do I claim asylum"})
    assert status == 0
    assert line == {"id": 7, "entries": [], "answers": [], "answered": False}


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"id": "b"}, "text"),
        ({"id": "b", "text": 5}, "text"),
        ({"id": "b", "text": "fees?", "lang": "de"}, "lang"),
        ({"id": "b", "text": "fees?", "language": "en"}, "language"),
    ],
)
def test_a_bad_line_names_its_field_and_the_run_goes_on(bad, field):
    (first, second), status = answered(bad, {"id": "c", "text": "what does it cost"})
    assert status == 1
    assert first["id"] == "b"
    assert first["error"]["field"] == field
    assert second["entries"][0] == "fees"


def test_ask_shows_the_answer_its_date_and_what_is_near():
    result = RUN.invoke(app, ["ask", "how", "many", "points", "is", "a", "nomination"])
    assert result.exit_code == 0
    assert "How many points is a nomination?" in result.output
    assert "600" in result.output
    assert "As of 2026-08-30, official-derived: https://www.canada.ca/" in result.output


def test_ask_in_french():
    result = RUN.invoke(app, ["ask", "combien de points pour toronto", "--lang", "fr"])
    assert "Un emploi à Toronto donne 0" in result.output


def test_an_unknown_language_is_named():
    result = RUN.invoke(app, ["ask", "fees", "--lang", "de"])
    assert result.exit_code == 2
    assert '"de"' in result.output


def test_ask_says_when_it_has_no_answer():
    result = RUN.invoke(app, ["ask", "parrainer ma femme"])
    assert result.exit_code == 1
    assert "other_program" in result.output


def test_list_names_every_entry():
    result = RUN.invoke(app, ["list"], env={"COLUMNS": "200"})
    assert all(slug in result.output for slug in FAQ.slugs)


def test_evaluate_counts_a_file(tmp_path):
    file = tmp_path / "asked.jsonl"
    asked = [
        {"text": "is there a tech draw", "faq": [1]},
        {"text": "oinp phone number", "slugs": ["contact-program"]},
        {"text": "do i need an lmia", "faq": [55]},
        {"text": "hello bot", "faq": []},
    ]
    file.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    result = RUN.invoke(app, ["evaluate", str(file), "--misses"], env={"COLUMNS": "200"})
    assert "66.7%" in result.output
    assert "100.0%" in result.output
    assert "do i need an lmia" in result.output


async def test_gaps_count_what_was_not_answered_and_what_did_not_help(tmp_path):
    store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'oinp.db'}")
    await upgrade(store)
    day = date(2026, 11, 23)
    async with store.writing() as tx:
        for question in ("is there a moon stream", "is there a moon stream", "what about mars"):
            await keep(tx, day, None, None, question)
        for slug, helpful in (("fees", False), ("fees", True), ("fees", False), ("lmia", True)):
            await keep(tx, day, slug, helpful, None)
    async with store.reading() as tx:
        seen = await gaps(tx)
    await store.close()
    assert seen.unanswered == (("is there a moon stream", 2), ("what about mars", 1))
    assert seen.unhelpful == (Helped("fees", yes=1, no=2),)
