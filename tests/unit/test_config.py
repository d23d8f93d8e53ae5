"""A wrong environment is named key by key, with what each should be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.config import BadSettings, read_settings


def test_an_empty_environment_is_a_bot_in_the_sandbox() -> None:
    settings = read_settings({"PATH": "/usr/bin", "OINP_LOG": "  "})
    assert settings.token is None
    assert settings.database_url == "sqlite:///data/oinp.sqlite"
    assert settings.api_url == "https://api.telegram.org"
    assert (settings.messages_per_second, settings.chat_per_second) == (30, 1)


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "123456:AAF-x_y",
            "OINP_DATA_DIR": str(tmp_path),
            "OINP_DATABASE_URL": "postgresql://ann:secret@db/oinp?sslmode=require",
            "OINP_API_URL": "http://127.0.0.1:8081/",
            "OINP_ADMINS": "7000000001, 42",
            "OINP_CONTACT": "help@example.org",
            "OINP_LOG": "json",
            "OINP_LOG_LEVEL": "debug",
            "OINP_TODAY": "2026-11-23",
            "OINP_SANDBOX_PORT": "0",
            "OINP_MESSAGES_PER_SECOND": "1000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "2",
            "OINP_PERSON_BUDGET": "60",
            "OINP_PUBLIC_URL": "https://bot.example.org/",
            "OINP_WEBHOOK_SECRET": "x_Y-0123456789ab",
            "OINP_WEB_HOST": "0.0.0.0",
            "OINP_WEB_PORT": "9090",
            "OINP_WORKER_PORT": "9091",
        }
    )
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123456:AAF-x_y"
    assert settings.database_url == "postgresql+psycopg://ann:secret@db/oinp?sslmode=require"
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.admins == {7000000001, 42}
    assert settings.today == date(2026, 11, 23)
    assert (settings.sandbox_port, settings.messages_per_second, settings.person_budget) == (0, 1000, 60)
    assert settings.public_url == "https://bot.example.org"
    assert (settings.web_host, settings.web_port, settings.worker_port) == ("0.0.0.0", 9090, 9091)
    assert not any(secret in repr(settings) for secret in ("ann:secret", "AAF", "x_Y-0123456789ab"))


@pytest.mark.parametrize(
    ("key", "value", "should"),
    [
        ("TELEGRAM_BOT_TOKEN", "my token", "the token BotFather gave"),
        ("OINP_DATABASE_URL", "mysql://x/y", "sqlite:///folder/file.sqlite or postgresql://"),
        ("OINP_DATABASE_URL", "oinp.sqlite", "sqlite:///folder/file.sqlite or postgresql://"),
        ("OINP_API_URL", "api.telegram.org", "a web address that starts with https://"),
        ("OINP_ADMINS", "@ann", "Telegram user numbers"),
        ("OINP_LOG", "xml", "text or json"),
        ("OINP_LOG_LEVEL", "loud", "debug or info or warning or error"),
        ("OINP_TODAY", "tomorrow", "a date such as 2026-11-23"),
        ("OINP_SANDBOX_PORT", "99999", "a whole number from 0 to 65,535"),
        ("OINP_SANDBOX_PORT", "-1", "a whole number from 0 to 65,535"),
        ("OINP_MESSAGES_PER_SECOND", "0", "a whole number from 1"),
        ("OINP_MESSAGES_PER_SECOND", "²", "a whole number from 1"),
        ("OINP_PERSON_BUDGET", "many", "a whole number from 1"),
        ("OINP_PUBLIC_URL", "bot.example.org", "a web address that starts with https://"),
        ("OINP_WEBHOOK_SECRET", "short", "16 to 256 letters, digits"),
        ("OINP_WEB_PORT", "http", "a whole number from 0"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(key: str, value: str, should: str) -> None:
    with pytest.raises(BadSettings) as caught:
        read_settings({"TELEGRAM_BOT_TOKEN": "1:abcd", key: value})
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(f"{key} should be {should}")
    # The value may be a secret.
    assert value not in caught.value.problems[0] or len(value) < 3


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        read_settings({"OINP_LOG": "xml", "OINP_TODAY": "?", "OINP_DATADIR": "x", "OINP_WHATEVER": "1"})
    assert [problem.split()[0] for problem in caught.value.problems] == [
        "OINP_DATADIR",
        "OINP_WHATEVER",
        "OINP_LOG",
        "OINP_TODAY",
    ]
    assert "did you mean OINP_DATA_DIR?" in caught.value.problems[0]
    assert "known are OINP_ADMINS" in caught.value.problems[1]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("123:abcd\n", encoding="utf-8")
    settings = read_settings({"TELEGRAM_BOT_TOKEN_FILE": str(secret)})
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123:abcd"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TELEGRAM_BOT_TOKEN_FILE": "/nowhere/token"}, "the path of a text file that can be read"),
        ({"TELEGRAM_BOT_TOKEN_FILE": "/dev/null", "TELEGRAM_BOT_TOKEN": "1:abcd"}, "should be left out"),
        (
            {"OINP_API_URL": "http://127.0.0.1:8081"},
            "TELEGRAM_BOT_TOKEN should be set, because OINP_API_URL is",
        ),
    ],
)
def test_settings_that_do_not_go_together_are_named(environment: dict[str, str], words: str) -> None:
    with pytest.raises(BadSettings, match=words):
        read_settings(environment)
