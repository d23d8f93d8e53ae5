"""`oinp assess` as other programs read it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from bot.cli import jsonl
from bot.cli.assess import answer
from rules.fields import FIELDS
from rules.stream_rules import ORDER

LEVELS = {"speaking": 9, "listening": 9, "reading": 9, "writing": 9}


def answered(*lines: object) -> tuple[list[dict[str, Any]], int]:
    source = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    target = io.BytesIO()
    status = jsonl.copy(source, target, answer)
    return [json.loads(line) for line in target.getvalue().splitlines()], status


def test_the_shape_is_the_promised_one() -> None:
    (line,), status = answered({"id": "a", "on": "2026-09-01", "noc": "21232", "english": LEVELS})
    assert status == 0
    assert list(line) == ["id", "on", "streams"]
    assert [stream["stream"] for stream in line["streams"]] == list(ORDER)
    for stream in line["streams"]:
        assert list(stream) == ["stream", "state", "registration_open", "verdict", "criteria", "asks"]
        assert stream["state"] in ("announced", "open", "suspended", "closed")
        assert stream["verdict"] in ("meets", "does_not_meet", "unknown")
        assert set(stream["asks"]) <= set(FIELDS)
        for criterion in stream["criteria"]:
            assert list(criterion) == ["id", "verdict", "reason", "source"]
            assert criterion["verdict"] in ("meets", "does_not_meet", "unknown")
            assert criterion["source"].startswith("https://")


def test_bad_lines_are_answered_and_the_others_go_on() -> None:
    lines, status = answered(
        {"id": 1, "on": "2026-09-01"},
        {"id": 2, "on": "1990-01-01"},
        {"id": 3, "nocc": "21232"},
        {"id": 4, "noc": "99999"},
        {"id": 5, "job_location": "Perth"},
        {"id": 6, "age": 0},
        {"id": 7, "age": 120},
        {"id": 8, "hourly_wage": -1},
        b"not json",
        {"id": 9, "on": "2026-09-01"},
    )
    assert status == 1
    fields = [line["error"]["field"] if "error" in line else None for line in lines]
    assert fields == [None, "on", "nocc", "noc", "job_location", "age", "age", "hourly_wage", "line", None]
    assert [line["id"] for line in lines] == [1, 2, 3, 4, 5, 6, 7, 8, None, 9]


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"english", "french", "spouse"}))
def test_null_says_that_an_answer_is_not_known(name: str) -> None:
    (told,), _ = answered({"id": 1, "on": "2026-09-01", name: None})
    (nothing,), _ = answered({"id": 1, "on": "2026-09-01"})
    assert told == nothing


def test_null_for_a_language_says_that_there_is_no_test() -> None:
    (line,), _ = answered({"id": 1, "on": "2026-09-01", "english": None, "french": None})
    fsw = next(stream for stream in line["streams"] if stream["stream"] == "federal_skilled_worker")
    assert fsw["verdict"] == "does_not_meet"


def test_the_stream_of_a_score_may_stay_in_the_profile() -> None:
    (line,), status = answered({"id": 1, "on": "2026-09-01", "stream": "workforce_priority"})
    assert status == 0
    assert len(line["streams"]) == len(ORDER)


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "assess", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_fields_can_be_listed_for_people_and_for_programs() -> None:
    described = json.loads(run("--fields", "--json").stdout)["fields"]
    assert [field["name"] for field in described] == list(FIELDS)
    table = run("--fields").stdout
    assert all(name in table for name in FIELDS)


def test_one_profile_as_json_and_as_tables_in_both_languages() -> None:
    profile = json.dumps({"id": "x", "on": "2026-09-01", "noc": "21232"})
    assert json.loads(run("--json", given=profile).stdout)["id"] == "x"
    english = run("--stream", "workforce_priority_teer_0_3", given=profile)
    french = run("--stream", "workforce_priority_teer_0_3", "--lang", "fr", given=profile)
    assert english.returncode == french.returncode == 0
    assert "TEER" in english.stdout
    assert "FÉER" in french.stdout


def test_a_profile_that_cannot_be_is_refused_with_its_field() -> None:
    refused = run(given='{"on": "2026-09-01", "noc": "1"}')
    assert refused.returncode == 1
    assert refused.stderr.startswith("noc:")
