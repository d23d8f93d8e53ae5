"""The operator's table of settings says what bot/config.py does: every name, every default, every limit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import KEYS, SECRETS, TELEGRAM, BadSettings, Settings, read_settings
from tests.unit.docs.reading import DOCUMENTS, ROOT, name_of, text_of

# Where the default is made from something else, the table says from what.
IN_WORDS = {
    "TELEGRAM_BOT_TOKEN": "none: the local Bot API",
    "OINP_DATABASE_URL": "SQLite in `OINP_DATA_DIR`",
    "OINP_ADMINS": "nobody",
    "OINP_WORKER_NAME": "the host's name",
    "OINP_WEBHOOK_SECRET": "made from the token",
    "OINP_TODAY": "the day in Toronto",
    "OINP_WORKER_PORT": "0: none",
    "OINP_CONTACT": "none",
    "OINP_PUBLIC_URL": "none",
}


def rows() -> dict[str, tuple[str, str]]:
    """Setting to its default and what it should be, as the table has them."""
    table = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|", text_of(ROOT / "docs" / "operator.md"), re.MULTILINE
    )
    return {key: (default, should_be) for key, default, should_be in table}


def test_the_table_names_every_setting_once() -> None:
    assert list(rows()) == list(dict.fromkeys(rows()))
    assert set(rows()) == set(KEYS)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_default_is_the_one_of_the_program(key: str) -> None:
    said, _ = rows()[key]
    default = Settings.model_fields[KEYS[key]].default
    if key in IN_WORDS:
        assert said == IN_WORDS[key]
        assert default in (None, frozenset(), 0)
    elif default == TELEGRAM:
        assert said == f"`{TELEGRAM}`"
    else:
        assert said == f"`{default}`"


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_numbers_it_may_be_are_those_the_program_takes(key: str) -> None:
    _, should_be = rows()[key]
    token = {"TELEGRAM_BOT_TOKEN": "1:abcdef"}
    limits = re.match(r"a whole number from ([\d,]+) to ([\d,]+)", should_be)
    if limits:
        low, high = (int(number.replace(",", "")) for number in limits.groups())
        for good in (low, high):
            read_settings(token | {key: str(good)})
        for bad in {low - 1, high + 1}:
            with pytest.raises(BadSettings, match=key):
                read_settings(token | {key: str(bad)})
        return
    for choice in re.findall(r"`([a-z]+)`(?= or|,|$)", should_be):
        read_settings(token | {key: choice})


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\b(?:OINP|TELEGRAM)_[A-Z_]+[A-Z]\b", text_of(path)))
    assert named <= {*KEYS, *(f"{key}_FILE" for key in SECRETS)}


def test_the_operators_page_says_which_secrets_may_stand_in_files() -> None:
    page = text_of(ROOT / "docs" / "operator.md")
    assert [key for key in SECRETS if f"`{key}_FILE`" not in page] == []
