"""`oinp score` and `oinp clb` as other programs use them: one object a line, whatever comes in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import check, clb, jsonl, rules, score
from bot.cli.calculators import CRS, EOI, FSW, Calculator

FOUR = ("speaking", "listening", "reading", "writing")
CALCULATORS = {"crs": CRS, "eoi": EOI, "fsw": FSW}


def ask(calculator: Calculator, *lines: object) -> tuple[list[dict[str, Any]], int]:
    source = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    out = io.BytesIO()
    status = jsonl.copy(source, out, calculator.answer)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def levels(level: int) -> dict[str, int]:
    return dict.fromkeys(FOUR, level)


def test_the_answer_has_the_documented_shape() -> None:
    person = {"id": "a", "on": "2026-06-01", "age": 29, "education": "master", "english": levels(9)}
    (answer,), status = ask(CRS, {**person, "foreign_experience_years": 3})
    assert status == 0
    assert answer == {
        "id": "a",
        "grid": "crs-2025-03-25",
        "total": 469,
        "parts": {"core": 369, "spouse": 0, "transferability": 100, "additional": 0},
        "caveats": [],
    }


def test_the_selection_grid_says_whether_it_is_passed() -> None:
    person = {"id": 7, "on": "2026-06-01", "age": 30, "education": "master", "english": levels(9)}
    (answer,), _ = ask(FSW, {**person, "foreign_experience_years": 3, "past_canadian_work": False})
    assert answer == {
        "id": 7,
        "grid": "fsw-67",
        "total": 70,
        "eligible": True,
        "parts": {
            "language": 24,
            "education": 23,
            "experience": 11,
            "age": 12,
            "arranged_employment": 0,
            "adaptability": 0,
        },
    }


def test_every_factor_of_the_expression_of_interest_is_named() -> None:
    person = {"on": "2026-09-01", "stream": "workforce_priority", "noc": "21232", "english": levels(9)}
    (answer,), _ = ask(EOI, {**person, "job_location": "Ottawa", "study_location": None})
    assert answer["id"] is None
    assert (answer["maximum"], answer["factors"]["job_offer_teer"]) == (130, 9)
    assert sum(answer["factors"].values()) == answer["total"]


def test_order_and_ids_are_kept_and_one_bad_line_stops_nothing() -> None:
    answers, status = ask(
        CRS,
        {"id": 1, "age": 29},
        b"{not json\n",
        b"\n",
        {"id": 2, "age": 200},
        b'"a text"\n',
        b"\xff\xfe\n",
        {"id": {"any": "thing"}, "age": 30},
    )
    assert status == 1
    assert [answer["id"] for answer in answers] == [1, None, 2, None, None, {"any": "thing"}]
    assert [("error" in answer) for answer in answers] == [False, True, True, True, True, False]


BAD = [
    ("crs", {"age": 0}, "age"),
    ("crs", {"age": 120}, "age"),
    ("crs", {"agee": 30}, "agee"),
    ("crs", {"hourly_wage": 41}, "hourly_wage"),
    ("crs", {"education": "college"}, "education"),
    ("crs", {"education": ["master"]}, "education"),
    ("crs", {"english": {"speaking": 13}}, "english.speaking"),
    ("crs", {"english": {"speeking": 9}}, "english.speeking"),
    ("crs", {"spouse": {"language": {"reading": -1}}}, "spouse.language.reading"),
    ("crs", {"on": "2026-02-30"}, "on"),
    ("crs", {"on": 20260601}, "on"),
    ("crs", {"on": "2014-06-01"}, "on"),
    ("fsw", {"arranged_employment": "yes"}, "arranged_employment"),
    ("fsw", {"stream": "x"}, "stream"),
    ("eoi", {}, "stream"),
    ("eoi", {"stream": "entrepreneur"}, "stream"),
    ("eoi", {"stream": ["foreign_worker"]}, "stream"),
    ("eoi", {"stream": "workforce_priority", "age": 30}, "age"),
    ("eoi", {"stream": "workforce_priority", "education": "two_year"}, "education"),
    ("eoi", {"stream": "workforce_priority", "noc": "99999"}, "noc"),
    ("eoi", {"stream": "workforce_priority", "hourly_wage": -1}, "hourly_wage"),
    ("eoi", {"stream": "workforce_priority", "job_location": "Montreal"}, "job_location"),
    ("eoi", {"stream": "workforce_priority", "job_location": "Perth"}, "job_location"),
    ("eoi", {"stream": "workforce_priority", "on": "1999-01-01"}, "on"),
]


@pytest.mark.parametrize(("grid", "line", "field"), BAD, ids=[f"{case[0]}-{case[1]}" for case in BAD])
def test_a_bad_line_names_its_field(grid: str, line: dict[str, Any], field: str) -> None:
    (answer,), status = ask(CALCULATORS[grid], {"on": "2026-09-01", **line, "id": "x"})
    assert status == 1
    assert answer["id"] == "x"
    assert answer["error"]["field"] == field
    assert len(answer["error"]["message"]) > 10


def test_without_a_day_it_is_today_in_toronto() -> None:
    (answer,), _ = ask(CRS, {"age": 30})
    (same,), _ = ask(CRS, {"age": 30, "on": jsonl.today().isoformat()})
    assert answer == same


def test_a_lone_surrogate_comes_back_as_json_writes_it() -> None:
    (answer,), status = ask(CRS, b'{"id": "\\ud800", "age": 30}\n')
    assert status == 0
    assert answer["id"] == "\ud800"


def run(app: Any, *arguments: str, given: str | None = None) -> Any:
    return CliRunner().invoke(app, list(arguments), input=given)


def test_a_profile_file_gives_a_table_or_one_object(tmp_path: Any) -> None:
    path = tmp_path / "me.json"
    path.write_text(json.dumps({"age": 29, "education": "college", "english": levels(9)}), encoding="utf-8")
    shown = run(score.app, "crs", str(path), "--on", "2026-06-01", "--lang", "fr")
    assert shown.exit_code == 0
    assert "Première langue officielle" in shown.stdout
    assert "diplôme collégial" in shown.stdout.replace("\n", " ")
    plain = run(score.app, "crs", "--json", "--on", "2026-06-01", given=path.read_text(encoding="utf-8"))
    assert json.loads(plain.stdout)["grid"] == "crs-2025-03-25"


def test_a_profile_that_cannot_be_read_is_told_without_a_traceback(tmp_path: Any) -> None:
    missing = run(score.app, "crs", str(tmp_path / "none.json"))
    assert missing.exit_code == 1
    assert "profile" in missing.stderr
    wrong = run(score.app, "fsw", "--json", given='{"age": 0}')
    assert (wrong.exit_code, json.loads(wrong.stdout)["error"]["field"]) == (1, "age")


def test_a_language_test_line_by_line_and_by_hand() -> None:
    out = io.BytesIO()
    line = {"id": 1, "test": "ielts_general", "on": "2026-11-23", "taken": "2026-01-01"}
    scores = {"speaking": 7, "listening": 8, "reading": 7, "writing": 7}
    assert jsonl.copy([json.dumps({**line, **scores}).encode()], out, clb.answer) == 0
    answer = json.loads(out.getvalue())
    assert (answer["lowest"], answer["valid"], answer["valid_until"]) == (9, True, "2027-12-31")
    shown = run(clb.app, "ielts", "7", "7,5", "7", "7", "--lang", "fr")
    assert shown.exit_code == 0
    assert "Compréhension orale" in shown.stdout
    refused = run(clb.app, "ielts_academic", "7", "7", "7", "7")
    assert refused.exit_code == 1
    assert "not accepted" in refused.stderr


def test_check_finds_the_content_in_order_and_lists_what_is_old() -> None:
    result = run(check.app, "--on", "2026-11-23", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["problems"]) == (0, [])
    assert any(one["where"] == "wages/2025" for one in found["overdue"])


def test_check_writes_the_sheet_as_page_and_print(tmp_path: Any) -> None:
    result = run(check.app, "--fact-sheet", "--into", str(tmp_path), "--on", "2026-11-23")
    assert result.exit_code == 0
    assert (tmp_path / "fact-sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "fact-sheet.pdf").read_bytes().startswith(b"%PDF-")


def test_a_new_edition_of_wages_is_imported_once(tmp_path: Any) -> None:
    source = tmp_path / "wages.csv"
    source.write_bytes(
        "NOC_CNP,prov,ER_Code_Code_RE,Low_Wage_Salaire_Minium,Median_Wage_Salaire_Median,"
        "High_Wage_Salaire_Maximal,Annual_Wage_Flag_Salaire_annuel,Reference_Period,Nom_RE\n"
        "NOC_21232,ON,ER35,31.00,49.50,80.00,0,2024-2025,\u00ab Ontario \u00bb\n".encode("cp1252")
    )
    arguments = ("import-wages", str(source), "--published", "2026-11-19", "--into", str(tmp_path))
    first = run(rules.app, *arguments)
    assert first.exit_code == 0
    assert "1 occupations" in first.stdout
    assert "21232,ON,31.00,49.50,80.00" in (tmp_path / "2026.csv").read_text(encoding="utf-8")
    again = run(rules.app, *arguments)
    assert (again.exit_code, "already held" in again.stderr) == (1, True)
