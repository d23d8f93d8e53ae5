"""`oinp sandbox`: the local Bot API and its chat page alone."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.sandbox.constants import DEFAULT_PORT


def run_sandbox(
    port: Annotated[int, typer.Option(help="Port; 0 picks a free one.", min=0, max=65535)] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="A loopback address.")] = "127.0.0.1",
    token: Annotated[str | None, typer.Option(help="Accept this token only; any other gets a 401.")] = None,
    budget: Annotated[bool, typer.Option(help="Telegram's flood limits (429).")] = True,
    counting: Annotated[bool, typer.Option(help="Only count what is sent; for measuring.")] = False,
) -> None:
    """The local Bot API and its chat page, on this machine only."""
    import asyncio

    from rich.console import Console

    from bot.sandbox.budgets import Budget
    from bot.sandbox.server import SandboxError, serve
    from bot.sandbox.world import Settings

    console = Console()

    def announce(url: str) -> None:
        console.print(f"Chat page: {url}/\nBot API:   {url}/bot<token>/", highlight=False, markup=False)

    limits = Budget() if budget else Budget.off()
    try:
        asyncio.run(serve(port, host, Settings(token=token, counting=counting), limits, announce))
    except SandboxError as error:
        Console(stderr=True).print(str(error), markup=False)
        raise typer.Exit(1) from None
