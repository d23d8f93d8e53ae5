"""A chat page in a browser tab as a person uses it: write, tap, see; and everything that went wrong in it."""

from __future__ import annotations

from typing import Any


class Seen:
    """A page and everything that went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.set_default_timeout(20_000)
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    async def write(self, text: str) -> None:
        await self.page.fill("#input", text)
        await self.page.keyboard.press("Enter")

    async def write_lines(self, text: str) -> None:
        """Several lines in one message, as Shift+Enter makes them."""
        await self.page.fill("#input", text)
        await self.page.keyboard.press("Enter")

    async def see(self, text: str) -> None:
        """Wait until some message of the bot shows `text`."""
        await self.page.locator(".message:not(.mine)", has_text=text).last.wait_for()

    async def tap(self, label: str) -> None:
        await self.page.locator(".key", has_text=label).last.click()

    async def tap_exactly(self, label: str) -> None:
        """The newest button of this very label: "No" is a part of "I don't know"."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def answer_unknown(self, until: str, most: int = 30) -> None:
        """ "I don't know" to every question until a message shows `until`."""
        for _ in range(most):
            before = await self.page.locator(".message").count()
            if until in await self.page.locator(".message:not(.mine)").last.inner_text():
                return
            await self.write("I don't know")
            await self.page.wait_for_function(
                "n => document.querySelectorAll('.message').length >= n + 2", arg=before
            )
        raise AssertionError(f"{until!r} never came")

    async def settled(self) -> None:
        """Wait until nothing moves any more."""
        await self.page.locator("#dots").wait_for(state="hidden")
        await self.page.wait_for_timeout(400)
