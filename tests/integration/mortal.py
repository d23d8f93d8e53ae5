"""The counting bot as a program that dies by SIGKILL at a chosen moment: `python -m tests.integration.mortal`.

`DIE_WHEN` names the moment, `DIE_AT` says the how-manieth time. Without them it lives on.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any

from bot.telegram.carrier import Carrier
from bot.telegram.intake import Intake
from bot.telegram.postman import Postman
from bot.telegram.turns import Turns
from tests.integration.standin import main

# The moments at which a message is in one place only: the method before which, or after which, the process dies.
MOMENTS: dict[str, tuple[type[Any], str, bool]] = {
    "received": (Intake, "take", False),
    "kept": (Turns, "settle", True),
    "decided": (Postman, "post", True),
    "sent": (Carrier, "carry", False),
}


def die(moment: str, at: int) -> None:
    """Arrange that the process kills itself at the `at`-th time of `moment`."""
    owner, name, before = MOMENTS[moment]
    original: Callable[..., Any] = getattr(owner, name)
    left = at

    async def wrapped(*args: Any) -> Any:
        nonlocal left
        if before:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*args)
        # An empty poll is not the moment meant.
        if not before and result != 0:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    if "DIE_WHEN" in os.environ:
        die(os.environ["DIE_WHEN"], int(os.environ.get("DIE_AT", "1")))
    asyncio.run(main())
