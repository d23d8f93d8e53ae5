"""Sets a template of this folder with typst. The data travels as JSON; fonts come with the packages, not the system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import typst

HERE = Path(__file__).parent
SHARPNESS = 144.0


def typeset(template: str, data: Mapping[str, object], form: Literal["pdf", "png"]) -> bytes:
    """`template`.typ filled with `data`: a PDF, or the one page as a picture.

    In the template `json(bytes(sys.inputs.data))` is the data. Raises typst.TypstError.
    """
    made = typst.compile(
        HERE / f"{template}.typ",
        root=HERE,
        format=form,
        ppi=SHARPNESS if form == "png" else None,
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made several pages where one was expected")
    return made


def font_folders() -> list[Path]:
    """DejaVu Sans as matplotlib brings it; found without importing matplotlib."""
    found = find_spec("matplotlib")
    folders = found.submodule_search_locations if found else None
    return [Path(folder) / "mpl-data" / "fonts" / "ttf" for folder in folders or ()]
