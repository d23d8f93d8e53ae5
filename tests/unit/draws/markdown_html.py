"""Renders the Markdown copies of the official pages as the HTML they came from, for the parsers' tests."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "draws"
PAGES = SHARED / "pages"
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def html_page(markdown: str) -> bytes:
    """A whole page whose main part says what `markdown` says."""
    body = markdown.split("---\n", 2)[-1] if markdown.startswith("---\n") else markdown
    main = "\n".join(_blocks(body.splitlines()))
    return f"<!doctype html><html><body><nav>menu</nav><main>{main}</main></body></html>".encode()


def _blocks(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if found := re.match(r"(#{1,6})\s+(.*)", line):
            yield f"<h{len(found[1])}>{_inline(found[2])}</h{len(found[1])}>"
        elif line.startswith("|"):
            rows = []
            while at < len(lines) and lines[at].strip().startswith("|"):
                rows.append(lines[at].strip())
                at += 1
            yield _table(rows)
            continue
        elif found := re.match(r"(?:-|\d+\.)\s+(.*)", line):
            yield f"<ul><li>{_inline(found[1])}</li></ul>"
        elif line:
            yield f"<p>{_inline(line)}</p>"
        at += 1


def _table(rows: list[str]) -> str:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    head, body = cells[0], [row for row in cells[1:] if not re.fullmatch(r"[-: ]+", "".join(row))]
    made = "<tr>" + "".join(f"<th>{_inline(cell)}</th>" for cell in head) + "</tr>"
    made += "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table>{made}</table>"


def _inline(text: str) -> str:
    return LINK.sub(lambda found: f'<a href="{html.escape(found[2])}">{found[1]}</a>', html.escape(text))
