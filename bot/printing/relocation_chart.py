"""The same job offer in other places: a bar for each score, employer floors and median wages beside it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib.figure import Figure

INK, SOFT, BAR, HERE, BAND = "#1d2b36", "#5d6b76", "#7fb0c4", "#1f5f7a", "#f3f6f8"
ROW_INCHES = 0.62
# Where the columns stand, as parts of the width.
NAME, BARS, BARS_WIDE, EMPLOYER, WAGE = 0.02, 0.27, 0.30, 0.60, 0.80


def make(data: Mapping[str, Any]) -> bytes:
    """A PNG. `data`: title, subtitle, note, headings (score, employer, wage) and rows of name, region, score,
    maximum, gain, here, revenue, staff, wage; all words finished, only the score a number."""
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    wages = any(row["wage"] for row in rows)
    figure = Figure(figsize=(11.5, ROW_INCHES * len(rows) + 1.9), dpi=130, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(len(rows) + 0.9, -2.1))
    axes.text(NAME, -1.5, data["title"], size=17, weight="bold", color=INK, va="center")
    axes.text(NAME, -0.95, data["subtitle"], size=10.5, color=SOFT, va="center")
    headed(axes, data["headings"], wages)
    for place, row in enumerate(rows):
        draw(axes, place, row)
    axes.text(NAME, len(rows) + 0.35, data["note"], size=9, color=SOFT, va="center")
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def headed(axes: Any, headings: Mapping[str, str], wages: bool) -> None:
    columns = [(BARS, headings["score"]), (EMPLOYER, headings["employer"])]
    for where, heading in columns + ([(WAGE, headings["wage"])] if wages else []):
        axes.text(where, -0.3, heading, size=9.5, weight="bold", color=HERE, va="center")


def draw(axes: Any, place: int, row: Mapping[str, Any]) -> None:
    """One place: its band, its bar as a share of the maximum, and what stands beside it."""
    middle = place + 0.5
    if place % 2 == 0:
        axes.axhspan(place, place + 1, color=BAND, lw=0)
    weight = "bold" if row["here"] else "normal"
    axes.text(NAME, middle - 0.17, row["name"], size=11, weight=weight, color=INK, va="center")
    axes.text(NAME, middle + 0.22, row["region"], size=8.5, color=SOFT, va="center")
    wide = BARS_WIDE * 0.78 * row["score"] / row["maximum"]
    axes.barh(middle, wide, left=BARS, height=0.56, color=HERE if row["here"] else BAR)
    said = f"{row['score']}  {row['gain']}".strip()
    axes.text(BARS + wide + 0.008, middle, said, size=11, weight="bold", color=INK, va="center")
    axes.text(EMPLOYER, middle, f"{row['revenue']}, {row['staff']}", size=10, color=INK, va="center")
    axes.text(WAGE, middle, row["wage"], size=10, color=INK, va="center")
