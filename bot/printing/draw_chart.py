"""Cut-offs and sizes of one stream's draws over time, the person's own score as a line: a PNG."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

# Dark enough on white and apart for every kind of colour vision.
CUT_OFF, SIZE, MINE = "#1b4f72", "#a9cce3", "#b9770e"


def make(data: Mapping[str, Any]) -> bytes:
    """`points` are [ISO day, lowest score, people]; `mine` is the person's score or None."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import dates, ticker
    from matplotlib import pyplot as plt

    days = [date.fromisoformat(day) for day, _, _ in data["points"]]
    at = [float(dates.date2num(day)) for day in days]  # type: ignore[no-untyped-call]
    figure, sizes = plt.subplots(figsize=(8, 4.5), dpi=120)
    sizes.bar(at, [size for _, _, size in data["points"]], width=bar_width(days), color=SIZE, zorder=1)
    sizes.set_ylabel(data["size_label"])
    scores = sizes.twinx()
    scores.plot(at, [floor for _, floor, _ in data["points"]], "o-", color=CUT_OFF, markersize=4, zorder=3)
    scores.set_ylabel(data["score_label"])
    if data.get("mine") is not None:
        scores.axhline(data["mine"], color=MINE, linestyle="--", linewidth=2)
        scores.annotate(
            f"{data['mine_label']}: {data['mine']}",
            (at[0], data["mine"]),
            xytext=(0, 4),
            textcoords="offset points",
            color=MINE,
        )
    sizes.xaxis_date()
    sizes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))
    sizes.set_title(data["title"])
    figure.autofmt_xdate()
    figure.tight_layout()
    made = io.BytesIO()
    figure.savefig(made, format="png")
    plt.close(figure)
    return made.getvalue()


def bar_width(days: list[date]) -> float:
    """Days a bar is wide: a fiftieth of the span, so that bars neither vanish nor hide each other."""
    return max(1.0, (max(days) - min(days)).days / 60) if days else 1.0
