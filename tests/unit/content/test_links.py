"""Every address in the content leads to a government, a court-like regulator or a public agency; nothing is sold."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import bot.conversation
import bot.printing
import knowledge
import rules

OFFICIAL = {
    "www.ontario.ca", "www.canada.ca", "ircc.canada.ca", "www.cic.gc.ca", "www.jobbank.gc.ca", "noc.esdc.gc.ca",
    "www.statcan.gc.ca", "open.canada.ca", "www.regulatoryregistry.gov.on.ca", "www.ontarioimmigration.gov.on.ca",
    "www.welcomebc.ca", "www.alberta.ca", "www.saskatchewan.ca", "immigratemanitoba.com", "liveinnovascotia.com",
    "www2.gnb.ca", "college-ic.ca", "lso.ca", "www.legalaid.on.ca",
}  # fmt: skip
ROOMS = (rules, knowledge, bot.conversation, bot.printing)
KINDS = {".yaml", ".j2", ".csv", ".typ", ".py"}
ADDRESS = re.compile(r"https?://[^\s\"'<>)\]},|]+")
SNAPSHOTS = Path(__file__).parents[2] / "snapshots"


def files() -> list[Path]:
    roots = [Path(str(room.__file__)).parent for room in ROOMS]
    return [path for root in roots for path in root.rglob("*") if path.suffix in KINDS]


def addresses(path: Path) -> list[str]:
    return ADDRESS.findall(path.read_text(encoding="utf-8"))


def test_the_content_links_only_to_official_hosts() -> None:
    found = [(path.name, address) for path in files() for address in addresses(path)]
    assert len(found) > 50
    elsewhere = [(name, address) for name, address in found if urlsplit(address).netloc not in OFFICIAL]
    assert elsewhere == []
    assert [address for _, address in found if not address.startswith("https://")] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_so_do_the_replies_as_they_are_sent(language: str) -> None:
    """Also the addresses put together only when a reply is made."""
    kept = list((SNAPSHOTS / language).glob("*.snap"))
    linked = [a for path in kept for a in re.findall(r'href="([^"]+)"', path.read_text(encoding="utf-8"))]
    assert len(linked) > 20
    assert {urlsplit(address).netloc for address in linked} <= OFFICIAL
