"""Content is compiled once and kept under the hash of what it was made from; it is not parsed at every start.

`make setup` compiles into the package itself; where that is read-only, a folder of the person's cache serves.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

PACKAGE_CACHE = Path(__file__).parent / "_compiled"


def compiled(
    name: str,
    sources: Iterable[Path],
    build: Callable[[], bytes],
    *,
    version: str = "1",
    folder: Path | None = None,
) -> bytes:
    """The bytes `build()` gives, taken from the cache when `sources` have not changed since.

    `version` stands for the code that builds: raise it when the format changes. An unwritable cache costs time,
    not correctness. `folder` is tried before the others, for what belongs to one installation.
    """
    key = source_key(sources, version)
    folders: tuple[Path, ...] = (*([folder] if folder else ()), *cache_folders())
    for each in folders:
        path = each / f"{name}-{key}.bin"
        if path.is_file():
            return path.read_bytes()
    made = build()
    for each in folders:
        if keep(each, name, key, made):
            break
    return made


def source_key(sources: Iterable[Path], version: str) -> str:
    """Sixteen hex digits that change with any name or byte of the sources."""
    digest = hashlib.sha256(version.encode())
    for path in sorted(sources):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folders() -> tuple[Path, ...]:
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return PACKAGE_CACHE, Path(home) / "trillium"


def keep(folder: Path, name: str, key: str, content: bytes) -> bool:
    """Writes atomically and removes older versions of the same artefact; False where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(folder / f"{name}-{key}.bin")
        for old in folder.glob(f"{name}-*.bin"):
            if old.name != f"{name}-{key}.bin":
                old.unlink(missing_ok=True)
    except OSError:
        return False
    return True
