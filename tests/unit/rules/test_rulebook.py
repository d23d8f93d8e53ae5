"""Dated values, reasons in two languages, and the artefact that saves the parsing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules import compiled
from rules.errors import DataError, NotInForce
from rules.rulebook import Rule, in_force, validated
from rules.texts import LANGUAGES, Reason, day, money, number, say, texts


def test_a_value_is_that_of_its_day() -> None:
    assert in_force("allocation", date(2025, 12, 31)).value == 10_750
    assert in_force("allocation", date(2026, 1, 1)).value == 14_119
    assert in_force("allocation", date(2026, 1, 1)).citation.key == "S4"


def test_a_day_without_a_value_is_an_error_that_names_the_day() -> None:
    with pytest.raises(NotInForce) as caught:
        in_force("allocation", date(2020, 5, 1))
    assert "1 May 2020" in caught.value.message
    assert "1er mai 2020" in caught.value.text("fr")


def test_an_unknown_name_is_a_fault_of_the_author() -> None:
    with pytest.raises(DataError, match="no value is called"):
        in_force("no_such_value", date(2026, 1, 1))


LABEL = {"en": "a", "fr": "b"}
BROKEN = [
    ({"label": LABEL, "values": [{"value": 1}]}, "source"),
    ({"label": {"en": "a"}, "values": []}, "label.fr"),
    ({"label": LABEL, "values": [], "surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("entry", "place"), BROKEN)
def test_a_broken_entry_names_the_file_and_the_field(entry: object, place: str) -> None:
    with pytest.raises(DataError) as caught:
        validated(Rule, entry, "values/x:y")
    assert "values/x:y" in caught.value.where
    assert place in caught.value.where


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "a.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "data"


def test_content_is_parsed_once_and_kept_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = folder(tmp_path, "since: 2026-01-02\n")
    assert compiled.load_folder(data, "t") == {"a": {"since": "2026-01-02"}}
    kept = list((tmp_path / "__pycache__").glob("t-*.json"))
    assert len(kept) == 1
    monkeypatch.setattr(compiled, "_parse", lambda *_: pytest.fail("parsed again"))
    assert compiled.load_folder(data, "t") == {"a": {"since": "2026-01-02"}}
    monkeypatch.undo()
    folder(tmp_path, "since: 2026-01-03\n")
    assert compiled.load_folder(data, "t") == {"a": {"since": "2026-01-03"}}
    assert len(list((tmp_path / "__pycache__").glob("t-*.json"))) == 1


def test_a_torn_artefact_is_not_believed(tmp_path: Path) -> None:
    data = folder(tmp_path, "x: 1\n")
    compiled.load_folder(data, "t")
    next((tmp_path / "__pycache__").glob("t-*.json")).write_text('{"a": {"x"', encoding="utf-8")
    assert compiled.load_folder(data, "t") == {"a": {"x": 1}}


def test_where_nothing_can_be_written_the_content_is_parsed_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = folder(tmp_path, "x: 1\n")
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(compiled, "_homes", lambda _: [blocked / "below"])
    assert compiled.load_folder(data, "t") == {"a": {"x": 1}}


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a\.yaml"):
        compiled.load_folder(folder(tmp_path, "a: [1\n"), "t")


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (date(2026, 6, 1), "1 June 2026", "1er juin 2026"),
        (date(2026, 8, 26), "26 August 2026", "26 août 2026"),
        (14_119, "14,119", "14\u202f119"),
        (8.5, "8.5", "8,5"),
        (True, "yes", "oui"),
        ([1, 2], "1, 2", "1, 2"),
    ],
)
def test_values_are_written_as_the_reader_writes_them(value: object, en: str, fr: str) -> None:
    assert (say(value, "en"), say(value, "fr")) == (en, fr)


def test_money_has_cents_and_a_place_for_its_sign() -> None:
    assert (money(41, "en"), money(1041, "fr")) == ("$41.00", "1\u202f041,00\u00a0$")
    assert (money(70_000, "en", cents=False), day(date(2026, 1, 2), "fr")) == ("$70,000", "2 janvier 2026")
    assert number(1200, "en") == "1,200"


def test_a_reason_with_a_gap_left_open_is_a_fault() -> None:
    with pytest.raises(DataError, match=r"error\.choice"):
        Reason("error.choice", {"given": "x"}).text("en")
    with pytest.raises(DataError, match="no text"):
        Reason("no.such.text").text("fr")


def test_no_text_is_the_same_in_both_languages_by_oversight() -> None:
    same_word = {"Points", "Total", "Source", "Score", "CLB", "NCLC"}
    for code, text in texts().items():
        if len(text.en) > 25 and text.en not in same_word:
            assert text.en != text.fr, code
    assert LANGUAGES == ("en", "fr")
