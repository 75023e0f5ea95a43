"""Events and terms as they stand in files."""

import json
import re
from pathlib import Path

import pytest

from solver.problem import Coverage, Employee, ProblemError, Shift
from solver.replanning.events import Absence, AddedShift, ChangedDemand, NewEmployee
from solver.replanning.reading import KINDS, events_from_json, terms_from_json


def test_every_kind_of_event_is_read():
    data = [
        {"event": "absence", "employee": "ann", "start": 0, "end": 60},
        {"event": "changed_demand", "coverage": [{"id": "c", "start": 0, "end": 60}], "withdrawn": ["d"]},
        {"event": "new_employee", "employee": {"id": "eve"}},
        {"event": "added_shift", "shift": {"id": "s", "start": 0, "end": 60}},
    ]
    assert events_from_json(data) == (
        Absence(employee="ann", start=0, end=60),
        ChangedDemand(coverage=(Coverage(id="c", start=0, end=60),), withdrawn=("d",)),
        NewEmployee(employee=Employee(id="eve")),
        AddedShift(shift=Shift(id="s", start=0, end=60)),
    )


def test_all_faults_are_gathered_with_their_places():
    data = [
        {"event": "new_employee", "employee": {"id": "eve", "skils": []}},
        {"event": "absence", "employee": "ann", "start": 0, "end": 60, "why": "flu"},
        {"event": "added_shift"},
    ]
    with pytest.raises(ProblemError) as refused:
        events_from_json(data)
    assert [fault.path for fault in refused.value.errors] == [
        "events[0].employee.skils",
        "events[1].why",
        "events[2].shift",
    ]


@pytest.mark.parametrize("data", [{}, None, "absence"])
def test_what_is_no_list_is_refused(data):
    with pytest.raises(ProblemError, match="must be a list of events"):
        events_from_json(data)


def test_terms_out_of_order_are_refused():
    with pytest.raises(ProblemError, match="steps must end with one of 0 minutes"):
        terms_from_json({"steps": [{"minutes": 60, "price": 5}]})


def test_the_documented_events_and_terms_can_be_read():
    document = (Path(__file__).parents[3] / "docs" / "re-planning.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", document, re.DOTALL)
    assert len(events_from_json(json.loads(block))) == len(KINDS)
    (terms,) = re.findall(r'`(\{"freeze.*\})`', document)
    assert terms_from_json(json.loads(terms)).price(0) == 50
