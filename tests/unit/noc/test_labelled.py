"""How right the matcher is on labelled texts: floors a little below what was measured, and the calibration."""

from __future__ import annotations

import pytest

from benchmarks import labelled
from knowledge.noc.evaluation import Share, evaluate

if not labelled.FOLDER.is_dir():
    pytest.skip("the labelled texts are not beside the project", allow_module_level=True)

# top 1 and top 5 in percent, own words alone
FLOORS = {
    "duties_tech": (83, 95),
    "duties_onet_five_tasks": (52, 86),
    "duties_onet_one_task": (25, 50),
    "duties_workbc": (90, 96),
    "titles_federal_government": (87, 97),
    "titles_federal_government_fr": (76, 90),
    "titles_onet": (57, 79),
}


@pytest.fixture(scope="module")
def reports(matcher):
    return {name: evaluate(matcher, examples) for name, examples in labelled.read().items()}


@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_stays_above_its_floor(reports, name):
    top_1, top_5 = FLOORS[name]
    assert 100 * reports[name].by_rank[1].share >= top_1
    assert 100 * reports[name].by_rank[5].share >= top_5


def test_nine_of_ten_sure_answers_are_right(reports):
    sure = [report.by_word["sure"] for report in reports.values()]
    assert sum(each.right for each in sure) >= 0.9 * sum(each.total for each in sure)


def test_four_in_ten_tech_duties_are_called_sure(reports):
    tech = reports["duties_tech"]
    assert tech.by_word["sure"].total >= 0.4 * tech.by_rank[1].total
    assert tech.by_word["sure"].share >= 0.9


def test_the_interval_is_wilsons():
    low, high = Share(80, 100).interval
    assert (round(low, 3), round(high, 3)) == (0.711, 0.867)
    assert Share(0, 0).interval == (0.0, 1.0)
