"""YAML content as plain data, parsed once and kept as JSON beside the bytecode.

Parsing YAML takes a hundred times as long as reading JSON. The artefact is named by the hash of what it
was made from, so it can never be stale; where no folder can be written it is simply parsed again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from rules.errors import DataError


def load_folder(folder: Path, name: str) -> Mapping[str, Any]:
    """Every `*.yaml` under the folder: its path without suffix, as `a/b`, to its content.

    Dates come back as ISO text. `name` names the artefact. Raises DataError for a file that is not YAML.
    """
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.yaml"))
    }
    contents = {key: path.read_bytes() for key, path in files.items()}
    artefact = f"{name}-{_digest(contents)}.json"
    for home in _homes(folder):
        kept = _read(home / artefact)
        if kept is not None:
            return kept
    parsed = {key: _parse(files[key], content) for key, content in contents.items()}
    _keep(_homes(folder), artefact, json.dumps(parsed, ensure_ascii=False, default=_iso))
    plain: dict[str, Any] = json.loads(json.dumps(parsed, default=_iso))
    return plain


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for key, content in contents.items():
        digest.update(f"{key}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:24]


def _homes(folder: Path) -> Iterable[Path]:
    """Where artefacts may lie: beside the bytecode, else in the user's own cache."""
    yield folder.parent / "__pycache__"
    base = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):
        yield (Path(base) if base else Path.home() / ".cache") / "trillium"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def _keep(homes: Iterable[Path], artefact: str, text: str) -> None:
    """Write to the first folder that takes it; a half-written file is never seen under the real name."""
    for home in homes:
        try:
            home.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=home, prefix=artefact)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).replace(home / artefact)
        except OSError:
            continue
        _drop_older(home, artefact)
        return


def _drop_older(home: Path, artefact: str) -> None:
    """What earlier contents left behind; a program still running has them in memory."""
    for path in home.glob(f"{artefact.rpartition('-')[0]}-*.json"):
        if path.name != artefact:
            with suppress(OSError):
                path.unlink()


def _parse(path: Path, content: bytes) -> Any:
    import yaml  # only where there is something to parse: most starts read the artefact

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(content, Loader=loader)  # noqa: S506 - the safe loader, in C where it is there
    except yaml.YAMLError as error:
        raise DataError(str(path), str(error)) from error


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in rule data")
