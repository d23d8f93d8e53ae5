"""Five stories lived in the chat page by the real bot, as a person with a browser meets them; the pictures are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import running_bot
from bot.config import read_settings
from bot.conversation.library import load_library
from bot.sandbox import RunningSandbox, running_sandbox
from bot.sandbox.world import Settings
from bot.voice import Voice
from tests.browser.seen import Seen

pytestmark = pytest.mark.browser
DESKTOP = {"width": 1180, "height": 860}
# Tall enough for a whole question and its answer: the picture of the README is one of these.
PICTURE = {"width": 1000, "height": 1330}
PHONE = {"width": 390, "height": 780}
DUTIES = """I turn what our users need into a system design.
I design and build back-end services and review the team's code.
I automate builds, tests and deployment.
I lead two developers technically."""
DUTIES_FR = """Je traduis les besoins des utilisateurs en exigences techniques et en conception de système.
Je conçois des microservices et des API pour notre plateforme de paiement.
J'automatise les tests et le déploiement avec Kubernetes.
Je révise le code et j'encadre deux développeurs."""


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox in which the real bot is at work."""
    named = Settings(bot_name="Trillium", bot_username="trillium_bot")
    async with running_sandbox(settings=named) as running:
        settings = read_settings(
            {
                "TELEGRAM_BOT_TOKEN": "42:sandbox",
                "OINP_API_URL": running.url,
                "OINP_DATA_DIR": str(tmp_path),
                "OINP_TODAY": "2026-11-23",
                "OINP_MESSAGES_PER_SECOND": "10000",
                "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            }
        )
        async with running_bot(settings, Voice(load_library())):
            yield running


async def opened(browser: Any, sandbox: RunningSandbox, size: dict[str, int], locale: str = "en-CA") -> Seen:
    context = await browser.new_context(locale=locale, viewport=size)
    seen = Seen(await context.new_page())
    await seen.page.goto(sandbox.url + "/")
    await seen.page.locator("#start").wait_for()
    return seen


async def sound(seen: Seen, sandbox: RunningSandbox) -> None:
    """Nothing complained, nothing was fetched from elsewhere, and the page does not scroll sideways."""
    assert seen.complaints == []
    assert all(url.startswith((sandbox.url, "blob:", "data:")) for url in seen.asked)
    assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("language", "locale", "duties", "use", "start"),
    [
        ("en", "en-CA", DUTIES, "Use 21231", "START"),
        ("fr", "fr-CA", DUTIES_FR, "Choisir 21231", "DÉMARRER"),
    ],
)
async def test_duties_in_and_a_code_out(  # noqa: PLR0917 - a story in a language
    browser: Any,
    sandbox: RunningSandbox,
    screenshots: Path,
    language: str,
    locale: str,
    duties: str,
    use: str,
    start: str,
) -> None:
    """The developer: the first screen, then duties typed as four lines, a code with evidence, and what to do next."""
    seen = await opened(browser, sandbox, DESKTOP, locale)
    await seen.page.locator("#start", has_text=start).click()
    await seen.see("Trillium")
    await seen.write_lines(duties)
    await seen.see("21231")
    await seen.settled()
    await seen.page.set_viewport_size(PICTURE)
    await seen.page.locator(".mine").last.evaluate("message => message.scrollIntoView({block: 'start'})")
    await seen.settled()
    await seen.page.screenshot(path=screenshots / f"real-duties-{language}.png")
    await seen.tap(use)
    await seen.see("/forget")
    await sound(seen, sandbox)


async def test_an_interview_on_a_phone(browser: Any, sandbox: RunningSandbox, screenshots: Path) -> None:
    """The newcomer without an offer, thumb only but for a code: asked little, told why, shown what is left."""
    seen = await opened(browser, sandbox, PHONE)
    await seen.page.click("#start")
    await seen.tap("Check Ontario streams")
    await seen.tap("Yes, keep my answers")
    await seen.see("Has an employer in Ontario offered you a job?")
    await seen.page.screenshot(path=screenshots / "real-phone-question.png")
    await seen.tap_exactly("No")
    await seen.see("Which NOC code is your occupation?")
    await seen.write("21231")
    await seen.see("not met, Job offer")
    await seen.settled()
    await seen.page.screenshot(path=screenshots / "real-phone-result.png")
    await seen.tap("No offer: what can I do?")
    await seen.see("Is there an Ontario route?")
    await sound(seen, sandbox)


async def test_an_old_article_is_taken_apart(
    browser: Any, sandbox: RunningSandbox, screenshots: Path
) -> None:
    """The believer of an old article sees each claim beside the rule and the date."""
    seen = await opened(browser, sandbox, DESKTOP)
    await seen.page.click("#start")
    await seen.tap("Tools")
    await seen.tap("Check an article")
    await seen.see("Paste a claim or a whole article")
    await seen.write("Ontario holds tech draws in 2026, and leaving Toronto gives 8 points.")
    await seen.see("2 statements to correct")
    await seen.settled()
    await seen.page.screenshot(path=screenshots / "real-old-article.png")
    links = seen.page.locator(".message").last.locator("a")
    assert await links.count() == 2
    assert (await links.first.get_attribute("href")).startswith("https://www.ontario.ca/")
    await sound(seen, sandbox)


async def test_a_picture_with_its_words(browser: Any, sandbox: RunningSandbox, screenshots: Path) -> None:
    """The one who compares provinces gets a table as a picture and every cell of it in words."""
    seen = await opened(browser, sandbox, DESKTOP)
    await seen.page.click("#start")
    await seen.write("/provinces")
    await seen.page.locator("img.photo").wait_for()
    await seen.see("Read fairly")
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert await seen.page.locator("img.photo").evaluate(width) > 800
    await seen.settled()
    await seen.page.screenshot(path=screenshots / "real-provinces.png")
    await sound(seen, sandbox)


async def test_a_score_with_every_factor(browser: Any, sandbox: RunningSandbox, screenshots: Path) -> None:
    """The one who types all answers: the interview by keyboard to a score."""
    seen = await opened(browser, sandbox, DESKTOP)
    await seen.page.click("#start")
    await seen.write("/score")
    await seen.tap("Ontario EOI score")
    await seen.tap("Yes, keep my answers")
    for asked, answer in (
        ("Which NOC code is the job offer?", "21231"),
        ("In which Ontario city", "Ottawa"),
        ("What does the job offer pay?", "$62 an hour"),
        ("How long have you already worked", "14 months"),
    ):
        await seen.see(asked)
        await seen.write(answer)
    await seen.answer_unknown(until="Ontario EOI score:")
    await seen.settled()
    await seen.page.screenshot(path=screenshots / "real-score.png")
    text = await seen.page.locator(".message").last.inner_text()
    for factor in ("Training level", "Hourly wage", "Region of the job", "Language level"):
        assert factor in text
    await sound(seen, sandbox)
