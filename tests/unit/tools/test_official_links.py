"""Whatever the tools link to is an official host."""

from pathlib import Path
from urllib.parse import urlsplit

import yaml

import knowledge

OFFICIAL = {
    "www.ontario.ca", "www.canada.ca", "ircc.canada.ca", "www.jobbank.gc.ca", "noc.esdc.gc.ca", "open.canada.ca",
    "www.welcomebc.ca", "www.alberta.ca", "www.saskatchewan.ca", "immigratemanitoba.com", "liveinnovascotia.com",
    "www2.gnb.ca", "college-ic.ca", "lso.ca", "www.legalaid.on.ca", "www.regulatoryregistry.gov.on.ca",
    "www.ontarioimmigration.gov.on.ca",
}  # fmt: skip
ROOT = Path(knowledge.__file__).parent
FOLDERS = ("provinces", "directory", "documents", "articles")


def addresses(node: object) -> list[str]:
    if isinstance(node, dict):
        return [address for value in node.values() for address in addresses(value)]
    if isinstance(node, list):
        return [address for value in node for address in addresses(value)]
    return [node] if isinstance(node, str) and node.startswith("http") else []


def test_tools_link_only_to_official_hosts() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).glob("*.yaml")]
    found = [address for path in files for address in addresses(yaml.safe_load(path.read_text("utf-8")))]
    assert found
    assert {urlsplit(address).netloc for address in found} - OFFICIAL == set()
    assert all(address.startswith("https://") for address in found)
