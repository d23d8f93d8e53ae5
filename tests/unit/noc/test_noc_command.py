"""`oinp noc …` as other programs lean on it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli.noc import answerer, app

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("OINP_DATA_DIR", str(tmp_path))


def test_jsonl_keeps_order_and_ids_and_answers_bad_lines(capfdbinary, monkeypatch):
    lines = [
        {"id": "a", "text": "I weld steel plates and read blueprints", "title": "Welder"},
        {"id": 2, "text": 5},
        {"id": "c"},
        {"id": "d", "text": "cook", "colour": "red"},
        {"id": "e", "text": "", "title": None},
    ]
    result = runner.invoke(
        app, ["match", "--jsonl", "--top", "3"], input="\n".join(map(json.dumps, lines)) + "\nnot json\n"
    )
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d", "e", None]
    assert answers[0]["codes"][0] == "72106" and len(answers[0]["codes"]) == 3
    assert set(answers[0]) == {"id", "codes", "confidence", "matches"}
    assert set(answers[0]["matches"][0]) == {"code", "score", "evidence", "missing"}
    assert [answers[place]["error"]["field"] for place in (1, 2, 3)] == ["text", "text", "colour"]
    assert answers[4] == {"id": "e", "codes": [], "confidence": "unsure", "matches": []}


def test_the_language_of_a_line_wins_over_the_option(matcher):
    answer = answerer(matcher, 1, "en")(
        {"text": "build ETL pipelines, train machine learning models", "lang": "fr"}
    )
    assert any("é" in missing for missing in answer["matches"][0]["missing"])


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["show", "21231"], "21231"),
        (["show", "2173", "--lang", "fr"], "21211"),
        (["search", "web develper", "--top", "2"], "21234"),
        (["match", "I weld steel plates. I read blueprints."], "72106"),
        (["match", "student"], "not an occupation"),
    ],
)
def test_commands_print_what_people_read(arguments, shown):
    result = runner.invoke(app, arguments)
    assert result.exit_code == 0
    assert shown in result.stdout


def test_an_unknown_code_is_refused():
    assert runner.invoke(app, ["show", "99999"]).exit_code == 2


def test_import_refuses_a_broken_file_with_its_line(tmp_path):
    broken = tmp_path / "x.csv"
    broken.write_text("noc_code,element_type,text\n72999,Songs,la\n", encoding="utf-8")
    result = runner.invoke(app, ["import", str(broken), "--json"])
    assert result.exit_code == 2
    assert "x.csv, line 2" in json.loads(result.stdout)["error"]["message"]


def test_evaluate_counts_and_names_confusions(tmp_path):
    labelled = tmp_path / "set.jsonl"
    rows = [
        {"id": "1", "text": "welder", "acceptable": ["72106"]},
        {"id": "2", "text": "welder", "acceptable": ["00010"]},
    ]
    labelled.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = runner.invoke(app, ["evaluate", str(labelled), "--json"])
    report = json.loads(result.stdout)["set"]
    assert (report["top"]["1"]["right"], report["total"]) == (1, 2)
    assert report["confusions"][0]["wanted"] == "00010"


def test_evaluate_names_the_line_it_cannot_read(tmp_path):
    labelled = tmp_path / "set.jsonl"
    labelled.write_text('{"id": "1", "text": "x"}\n', encoding="utf-8")
    result = runner.invoke(app, ["evaluate", str(labelled), "--json"])
    assert result.exit_code == 2
    assert "line 1: acceptable" in json.loads(result.stdout)["error"]["message"]


def test_the_letter_check_prints_json(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("I weld steel plates.\nI read blueprints.", encoding="utf-8")
    shape = json.loads(runner.invoke(app, ["letter", "72106", str(letter), "--json"]).stdout)
    assert shape["copied"] is None and "pay" in shape["absent"]
