"""What a command says when it cannot do its work: one sentence a line, exit status 2, no traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

BAD_START = 2


@contextmanager
def or_exit() -> Iterator[None]:
    """Turn the errors an operator can mend into sentences and exit status 2."""
    from bot.config import BadSettings

    try:
        yield
    except BadSettings as error:
        _leave(["The environment cannot be used:", *(f"  {problem}" for problem in error.problems)])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        if not _is_for_the_operator(error):
            raise
        _leave([str(error)])


def _is_for_the_operator(error: Exception) -> bool:
    """By name, because importing their modules is what a quick command wants to avoid."""
    return type(error).__name__ in {"CannotStart", "StoreUnavailable", "SandboxError", "CannotBackUp"}


def _leave(lines: list[str]) -> None:
    sys.stderr.write("\n".join(lines) + "\n")
    raise SystemExit(BAD_START)
