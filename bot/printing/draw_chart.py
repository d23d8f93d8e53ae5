"""Cut-offs and sizes of one stream's draws over time, the person's own score as a line: a PNG."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Dark enough on white and apart for every kind of colour vision.
CUT_OFF, SIZE, MINE = "#1b4f72", "#a9cce3", "#b9770e"
# After so long without a draw the line is broken: nothing was drawn along it.
LONGEST_GAP = 200


def make(data: Mapping[str, Any]) -> bytes:
    """`points` are [ISO day, lowest score, people]; `mine` is the person's score or None."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, sizes = plt.subplots(figsize=(8, 4.5), dpi=120)
    draw_sizes(sizes, data)
    scores = sizes.twinx()
    draw_cut_offs(scores, data)
    if data.get("mine") is not None:
        draw_mine(scores, data)
    sizes.set_title(data["title"])
    figure.autofmt_xdate()
    figure.tight_layout()
    made = io.BytesIO()
    figure.savefig(made, format="png")
    plt.close(figure)
    return made.getvalue()


def draw_sizes(axes: Axes, data: Mapping[str, Any]) -> None:
    """How many people each draw invited, as pale bars."""
    from matplotlib import ticker

    days = days_of(data["points"])
    people = [size for _, _, size in data["points"]]
    axes.bar(numbers(days), people, width=bar_width(days), color=SIZE, zorder=1)
    axes.set_ylabel(data["size_label"])
    axes.xaxis_date()
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))


def draw_cut_offs(axes: Axes, data: Mapping[str, Any]) -> None:
    """The lowest score of each draw, joined where draws followed each other."""
    for run in unbroken(data["points"]):
        floors = [floor for _, floor, _ in run]
        axes.plot(numbers(days_of(run)), floors, "o-", color=CUT_OFF, markersize=4, zorder=3)
    axes.set_ylabel(data["score_label"])


def draw_mine(axes: Axes, data: Mapping[str, Any]) -> None:
    """The person's own score across the whole chart, named outside the crowd of points."""
    axes.axhline(data["mine"], color=MINE, linestyle="--", linewidth=2)
    axes.text(
        0.5, data["mine"], f"{data['mine_label']}: {data['mine']}", color=MINE, ha="center", va="bottom",
        transform=axes.get_yaxis_transform(), zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8},
    )  # fmt: skip


def unbroken(points: Sequence[Sequence[Any]]) -> list[list[Sequence[Any]]]:
    """The points in runs without a long gap between two draws, in order of time."""
    runs: list[list[Sequence[Any]]] = []
    for point in sorted(points, key=lambda point: str(point[0])):
        day = date.fromisoformat(point[0])
        if runs and (day - date.fromisoformat(runs[-1][-1][0])).days <= LONGEST_GAP:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def days_of(points: Sequence[Sequence[Any]]) -> list[date]:
    return [date.fromisoformat(point[0]) for point in points]


def numbers(days: Sequence[date]) -> list[float]:
    """Days as matplotlib counts them."""
    from matplotlib import dates

    return [float(dates.date2num(day)) for day in days]  # type: ignore[no-untyped-call]


def bar_width(days: Sequence[date]) -> float:
    """Days a bar is wide: a sixtieth of the span, so that bars neither vanish nor hide each other."""
    return max(1.0, (max(days) - min(days)).days / 60) if days else 1.0
