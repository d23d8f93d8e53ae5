"""What can go wrong in a story. All are assertion errors, so that a test shows them as its failure."""

from __future__ import annotations

import difflib
from collections.abc import Sequence


class StoryError(AssertionError):
    """A story did not go as told."""


class NoReply(StoryError):
    """The bot said nothing, or did not come to an end, in time."""


class NoSuchButton(StoryError):
    """There is no such button, or several would fit. The message lists those that are there."""


def no_such_button(label: str, labels: Sequence[str], transcript: str) -> NoSuchButton:
    if not labels:
        return NoSuchButton(f"no button {label!r}: the last message has no buttons\n\n{transcript}")
    near = difflib.get_close_matches(label, labels, 1, 0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return NoSuchButton(f"no button {label!r}{hint}\nthe buttons are {_listed(labels)}\n\n{transcript}")


def several_buttons(label: str, fitting: Sequence[str], transcript: str) -> NoSuchButton:
    return NoSuchButton(f"{label!r} fits several buttons: {_listed(fitting)}\n\n{transcript}")


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(repr(label) for label in labels)
