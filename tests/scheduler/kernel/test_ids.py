from __future__ import annotations

import time

from scheduler.kernel.ids import new_id


def test_ids_are_unique_and_of_version_7():
    ids = [new_id() for _ in range(10_000)]
    assert len(set(ids)) == len(ids)
    assert {each.version for each in ids} == {7}


def test_an_id_made_a_millisecond_later_sorts_after():
    earlier = [new_id() for _ in range(100)]
    time.sleep(0.002)
    later = [new_id() for _ in range(100)]
    assert max(earlier) < min(later)
    assert max(str(each) for each in earlier) < min(str(each) for each in later)
