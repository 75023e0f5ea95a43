from __future__ import annotations

import pytest

from scheduler.organisation.opening_hours import is_open

SHOP = {0: (540, 1260), 1: (540, 1260)}
ALWAYS = dict.fromkeys(range(7), (0, 1440))
BAR = {4: (1080, 1560), 6: (1080, 1560)}


@pytest.mark.parametrize(
    ("hours", "weekday", "start", "end", "answer"),
    [
        (SHOP, 0, 540, 1260, True),
        (SHOP, 0, 539, 600, False),
        (SHOP, 0, 1200, 1261, False),
        (SHOP, 2, 600, 660, False),
        ({}, 0, 600, 660, False),
        (ALWAYS, 0, 0, 1440, True),
        (ALWAYS, 6, 1320, 1800, True),
        (BAR, 4, 1080, 1560, True),
        (BAR, 5, 60, 120, True),
        (BAR, 5, 60, 121, False),
        (BAR, 0, 0, 120, True),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_began_on(hours, weekday, start, end, answer):
    assert is_open(hours, weekday, start, end) is answer
