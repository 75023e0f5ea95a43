"""A shift of a new version continues the nearest one before, and each one once."""

from __future__ import annotations

from datetime import timedelta

from scheduler.rosters.lineage import continue_lineages
from tests.scheduler.rosters.company import MONDAY, Company

TUESDAY = MONDAY + timedelta(days=1)


def test_the_same_shift_keeps_its_lineage_whatever_the_order(lite_company: Company):
    c = lite_company
    old = [c.shift("Ann", MONDAY), c.shift("Bo", MONDAY), c.shift("Ann", TUESDAY)]
    new = [c.shift("Ann", TUESDAY), c.shift("Bo", MONDAY), c.shift("Ann", MONDAY)]
    found = continue_lineages(old, new)
    assert [shift.lineage_id for shift in new] == [shift.lineage_id for shift in reversed(old)]
    assert found == {0: old[2], 1: old[1], 2: old[0]}


def test_a_moved_shift_is_continued_by_the_longest_overlap(lite_company: Company):
    c = lite_company
    old = [c.shift("Ann", MONDAY, 8, 16)]
    new = [c.shift("Ann", MONDAY, 15, 20), c.shift("Ann", MONDAY, 9, 14)]
    continue_lineages(old, new)
    assert new[1].lineage_id == old[0].lineage_id
    assert new[0].lineage_id != old[0].lineage_id


def test_the_same_person_comes_before_the_same_work(lite_company: Company):
    c = lite_company
    old = [c.shift("Ann", MONDAY, 8, 16), c.shift("Bo", MONDAY, 8, 16)]
    new = [c.shift("Bo", MONDAY, 8, 16), c.shift("Ann", MONDAY, 10, 18), c.shift("Cy", MONDAY, 8, 16)]
    continue_lineages(old, new)
    assert [shift.lineage_id for shift in new[:2]] == [old[1].lineage_id, old[0].lineage_id]
    assert new[2].lineage_id not in {shift.lineage_id for shift in old}


def test_a_shift_given_to_somebody_else_or_left_open_is_the_same_shift(lite_company: Company):
    c = lite_company
    old = [c.shift("Ann", MONDAY), c.shift("Bo", TUESDAY)]
    new = [c.shift("Di", MONDAY), c.shift(None, TUESDAY)]
    continue_lineages(old, new)
    assert [shift.lineage_id for shift in new] == [shift.lineage_id for shift in old]


def test_open_shifts_do_not_continue_each_other_by_mere_overlap(lite_company: Company):
    c = lite_company
    old, new = [c.shift(None, MONDAY, 8, 16)], [c.shift(None, MONDAY, 9, 17)]
    assert continue_lineages(old, new) == {}


def test_another_skill_of_the_same_person_at_that_time_is_continued(lite_company: Company):
    c = lite_company
    old, new = [c.shift("Ann", MONDAY)], [c.shift("Ann", MONDAY, 10, 18, skill=c.packing)]
    continue_lineages(old, new)
    assert new[0].lineage_id == old[0].lineage_id


def test_nothing_before_means_new_lineages(lite_company: Company):
    new = [lite_company.shift("Ann", MONDAY)]
    own = new[0].lineage_id
    assert continue_lineages([], new) == {}
    assert new[0].lineage_id == own
