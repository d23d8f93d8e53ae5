"""Settings from the environment: every wrong key is named at once, with what it should be.

A secret may stand in a file: `TELEGRAM_BOT_TOKEN_FILE`, `OINP_DATABASE_URL_FILE` and `OINP_WEBHOOK_SECRET_FILE`
name one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError

TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{4,100}")
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class BadSettings(ValueError):
    """The environment cannot be used; `problems` says for every wrong key what it should be."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def wrong(should_be: str) -> PydanticCustomError:
    """The complaint about one value; the key is put before it."""
    return PydanticCustomError("setting", "should be {should_be}", {"should_be": should_be})


def _token(value: object) -> object:
    if not TOKEN.fullmatch(str(value)):
        raise wrong("the token BotFather gave, such as 123456789:AAF-x_…")
    return value


def _web_address(value: object) -> object:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", str(value)):
        raise wrong("a web address that starts with https:// (or http://), without ? and #")
    return str(value).rstrip("/")


def _database_url(value: object) -> object:
    scheme, found, rest = str(value).partition("://")
    if not found or scheme not in DRIVERS or not rest:
        raise wrong("sqlite:///folder/file.sqlite or postgresql://user:password@host/database")
    return f"{DRIVERS[scheme]}://{rest}"


def _ids(value: object) -> object:
    words = [word for word in re.split(r"[\s,]+", str(value)) if word]
    if not all(word.isascii() and word.isdigit() and len(word) < 19 for word in words):
        raise wrong("Telegram user numbers with commas between them, such as 1234567,7654321")
    return frozenset(int(word) for word in words)


def _number(low: int, high: int) -> BeforeValidator:
    def read(value: object) -> object:
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            raise wrong(f"a whole number from {low:,} to {high:,}")
        return int(text)

    return BeforeValidator(read)


def _one_of(*names: str) -> BeforeValidator:
    def read(value: object) -> object:
        if value not in names:
            raise wrong(" or ".join(names))
        return value

    return BeforeValidator(read)


def _name(value: object) -> object:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,60}", str(value)):
        raise wrong("a name of letters, digits, dots and dashes, such as worker-1")
    return value


def _webhook_secret(value: object) -> object:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", str(value)):
        raise wrong("16 to 256 letters, digits, _ and -")
    return value


def _iso_date(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise wrong("a date such as 2026-11-23") from None


class Settings(BaseModel):
    """What an operator can set; each alias is the name of the environment variable.

    Speeds are what Telegram allows: `messages_per_second` overall (30, or up to 1,000 with paid broadcast),
    `chat_per_second` to one chat (three at once are let through). `person_budget` is how many updates a
    minute one person may send before the bot asks for a pause. `public_url` is where Telegram finds the replicas;
    `worker_port` is where a worker answers its own health checks (0: nowhere).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, validate_default=False)

    token: Annotated[SecretStr | None, BeforeValidator(_token)] = Field(None, alias="TELEGRAM_BOT_TOKEN")
    data_dir: Path = Field(Path("data"), alias="OINP_DATA_DIR")
    database: Annotated[SecretStr | None, BeforeValidator(_database_url)] = Field(
        None, alias="OINP_DATABASE_URL"
    )
    api_url: Annotated[str, BeforeValidator(_web_address)] = Field(TELEGRAM, alias="OINP_API_URL")
    admins: Annotated[frozenset[int], BeforeValidator(_ids)] = Field(frozenset(), alias="OINP_ADMINS")
    contact: str | None = Field(None, alias="OINP_CONTACT")
    auto_approve: Annotated[int, _number(0, 20)] = Field(0, alias="OINP_AUTO_APPROVE")
    watch: Annotated[Literal["on", "off"], _one_of("on", "off")] = Field("on", alias="OINP_WATCH")
    worker_name: Annotated[str | None, BeforeValidator(_name)] = Field(None, alias="OINP_WORKER_NAME")
    log: Annotated[Literal["text", "json"], _one_of("text", "json")] = Field("text", alias="OINP_LOG")
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], _one_of("debug", "info", "warning", "error")
    ] = Field("info", alias="OINP_LOG_LEVEL")
    today: Annotated[date | None, BeforeValidator(_iso_date)] = Field(None, alias="OINP_TODAY")
    public_url: Annotated[str | None, BeforeValidator(_web_address)] = Field(None, alias="OINP_PUBLIC_URL")
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_webhook_secret)] = Field(
        None, alias="OINP_WEBHOOK_SECRET"
    )
    web_host: str = Field("127.0.0.1", alias="OINP_WEB_HOST")
    web_port: Annotated[int, _number(0, 65_535)] = Field(8080, alias="OINP_WEB_PORT")
    worker_port: Annotated[int, _number(0, 65_535)] = Field(0, alias="OINP_WORKER_PORT")
    sandbox_port: Annotated[int, _number(0, 65_535)] = Field(8081, alias="OINP_SANDBOX_PORT")
    messages_per_second: Annotated[int, _number(1, 1_000_000)] = Field(30, alias="OINP_MESSAGES_PER_SECOND")
    chat_per_second: Annotated[int, _number(1, 1_000_000)] = Field(1, alias="OINP_CHAT_MESSAGES_PER_SECOND")
    person_budget: Annotated[int, _number(1, 1_000_000)] = Field(120, alias="OINP_PERSON_BUDGET")

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy names it; SQLite in the data folder unless told otherwise."""
        if self.database is not None:
            return self.database.get_secret_value()
        return f"sqlite:///{self.data_dir / 'oinp.sqlite'}"


KEYS = {field.alias: name for name, field in Settings.model_fields.items() if field.alias}
SECRETS = ("TELEGRAM_BOT_TOKEN", "OINP_DATABASE_URL", "OINP_WEBHOOK_SECRET")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings `environment` asks for; an empty value counts as not set. Raises BadSettings."""
    given, problems = _given(environment)
    problems += [
        _unknown(key) for key in sorted(environment) if key.startswith("OINP_") and key not in _known()
    ]
    if "OINP_API_URL" in given and "TELEGRAM_BOT_TOKEN" not in given:
        problems.append("TELEGRAM_BOT_TOKEN should be set, because OINP_API_URL is")
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        problems += [f"{problem['loc'][0]} {_should_be(problem)}" for problem in error.errors()]
    if problems:
        raise BadSettings(problems)
    return settings


def _given(environment: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    given = {key: environment[key].strip() for key in KEYS if environment.get(key, "").strip()}
    problems = []
    for key in SECRETS:
        name = environment.get(f"{key}_FILE", "").strip()
        if not name:
            continue
        if key in given:
            problems.append(f"{key}_FILE should be left out, as {key} is set too")
            continue
        try:
            given[key] = Path(name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{key}_FILE should be the path of a text file that can be read")
    return given, problems


def _known() -> set[str]:
    return {*KEYS, *(f"{key}_FILE" for key in SECRETS)}


def _unknown(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, _known(), 1, cutoff=0.75)
    hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(_known()))}"
    return f"{key} is not a setting{hint}"


def _should_be(problem: Any) -> str:
    text = str(problem["msg"])
    return text if problem["type"] == "setting" else f"is wrong: {text}"
