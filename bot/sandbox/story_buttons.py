"""Finding a button by what is written on it, as a person would read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.sandbox.story_errors import no_such_button, several_buttons
from bot.sandbox.transcript import Button

Tappable = tuple[int, Button]


def find_button(label: str, tappable: Sequence[Tappable], transcript: str) -> Tappable:
    """The button meant by `label`: the exact one, else the one that fits but for case and signs, else the
    only one that begins with it, else the only one that contains it. Raises NoSuchButton."""
    wanted = _plain(label)
    readings: tuple[Callable[[str], bool], ...] = (
        lambda text: text == label,
        lambda text: _plain(text) == wanted,
        lambda text: _plain(text).startswith(wanted),
        lambda text: wanted in _plain(text),
    )
    for fits in readings:
        found = [item for item in tappable if fits(item[1].label)]
        if len(_different(found)) > 1:
            raise several_buttons(label, [button.label for _, button in found], transcript)
        if found:
            return found[0]
    raise no_such_button(label, [button.label for _, button in tappable], transcript)


def _different(found: Sequence[Tappable]) -> set[str | None]:
    """Two buttons of the same label and data, as in a message shown twice, count as one."""
    return {f"{button.label}\0{button.data}" for _, button in found}


def _plain(text: str) -> str:
    """Letters and figures only, in lower case: a tick or an arrow in front does not matter."""
    kept = "".join(character if character.isalnum() else " " for character in text.casefold())
    return " ".join(kept.split()) or text.strip()
