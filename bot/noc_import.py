"""The imported official texts on disk: fetched, checked, put in place in one step, found again at start."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx

from knowledge.noc.matching import load_matcher
from knowledge.noc.official import import_files
from knowledge.noc.official_table import BrokenOfficialFile

FOLDER, FILE = "noc", "official-texts.json"
STATCAN = "https://www.statcan.gc.ca/en/statistical-programs/document"
# Classification structure and elements, English and French, of NOC 2021 Version 1.0.
OFFICIAL_FILES = (
    f"{STATCAN}/noc_2021_version_1.0_-_classification_structure.csv",
    f"{STATCAN}/noc_2021_version_1.0_-_elements.csv",
    "https://www.statcan.gc.ca/fr/programmes-statistiques/document/cnp_2021_version_1.0_-_structure_de_la_classification.csv",
    "https://www.statcan.gc.ca/fr/programmes-statistiques/document/cnp_2021_version_1.0_-_elements.csv",
)
PATIENCE = httpx.Timeout(30.0, read=120.0)
LARGEST = 60_000_000


class CannotDownload(Exception):
    """An official file could not be fetched: which one and why."""


def installed(data_dir: Path) -> Path | None:
    """The imported texts, where there are any; `load_matcher` takes them."""
    path = data_dir / FOLDER / FILE
    return path if path.is_file() else None


def data_folder() -> Path:
    return Path(os.environ.get("OINP_DATA_DIR") or "data")


def import_into(data_dir: Path, files: Sequence[tuple[str, bytes]], progress: Callable[[str], None]) -> Path:
    """Replaces the imported texts by those of the files; raises BrokenOfficialFile and leaves the old ones."""
    texts = import_files(files, progress)
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(texts.model_dump_json().encode())
        file.flush()
        os.fsync(file.fileno())
    target = folder / FILE
    Path(file.name).replace(target)
    progress("index")
    load_matcher.cache_clear()
    load_matcher(target)
    return target


def local_files(paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The files by name; raises BrokenOfficialFile where one cannot be read."""
    for path in paths:
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            raise BrokenOfficialFile(path.name, None, error.strerror or "it cannot be read") from error


def downloaded(
    addresses: Sequence[str] = OFFICIAL_FILES, transport: httpx.BaseTransport | None = None
) -> Iterator[tuple[str, bytes]]:
    """The official files by name; raises CannotDownload."""
    with httpx.Client(timeout=PATIENCE, follow_redirects=True, transport=transport) as client:
        for address in addresses:
            yield address.rpartition("/")[2], fetched(client, address)


def fetched(client: httpx.Client, address: str) -> bytes:
    content = bytearray()
    try:
        with client.stream("GET", address) as answer:
            answer.raise_for_status()
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise CannotDownload(f"{address}: more than the {LARGEST:,} bytes such a file can have")
    except httpx.HTTPError as error:
        raise CannotDownload(f"{address}: {error}") from error
    return bytes(content)
