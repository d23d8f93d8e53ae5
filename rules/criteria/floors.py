"""Sums and head counts that must reach a floor, which depends on where the job or business is."""

from __future__ import annotations

from typing import Literal

from rules.criteria.finding import Finding, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation
from rules.geography import Place


class PlaceFloor(Kind):
    """A number must reach the floor of a place.

    The floor is that of the census division (`by_division`: revenue or staff), or one of two: inside the
    Greater Toronto Area and outside. `lowest` is the smallest floor anywhere in the province.
    """

    kind: Literal["place_floor"] = "place_floor"
    field: str
    place_field: str = "job_location"
    by_division: Literal["revenue", "staff"] | None = None
    gta: float
    elsewhere: float
    lowest: float

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.field, self.place_field})

    def evaluate(self, situation: Situation) -> Finding:
        value, place = situation.value(self.field), situation.place(self.place_field)
        floor = None if place is None else self._floor(place)
        if place is None or floor is None:
            return self._without_place(value)
        if value is None:
            return unknown(self.field).said("floor_known", floor=floor, place=place.title)
        return decided(value >= floor, value=value, floor=floor, place=place.title)

    def _floor(self, place: Place) -> float | None:
        """None for a whole region, where the floor differs from division to division."""
        if self.by_division == "revenue":
            return place.revenue_floor
        if self.by_division == "staff":
            return place.staff_floor
        return self.gta if place.in_gta else self.elsewhere

    def _without_place(self, value: float | None) -> Finding:
        """Some numbers are enough, or too few, wherever the place is."""
        if value is None:
            return unknown(self.field, self.place_field).said(floor=self.gta)
        if value >= self.gta:
            return yes("anywhere", value=value, floor=self.gta)
        if value < self.lowest:
            return no("nowhere", value=value, floor=self.lowest)
        return unknown(self.place_field).said("place", value=value, floor=self.gta)
