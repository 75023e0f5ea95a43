"""Averages of night workers, and of people on leave."""

from datetime import date, timedelta

import pytest

from tests.scheduler.law.checks.work import codes, span

FIRST = date(2026, 1, 5)


def weeks(law, count, days, start, end, off=()):
    """So many weeks of work on the first days of each, less some days."""
    spans = []
    for week in range(count):
        for day in range(days):
            on = FIRST + timedelta(weeks=week, days=day)
            if on not in off:
                until = on if end > start else on + timedelta(days=1)
                spans.append(span(law, f"{on}T{start}", f"{until}T{end}"))
    return spans


def judged(law, count, work, **facts):
    first = FIRST + timedelta(weeks=count - 1)
    return codes(law, work, str(first), str(first + timedelta(weeks=1)), **facts)


@pytest.mark.parametrize(("end", "expected"), [("07:36", []), ("07:37", ["GB.NIGHT_AVG_8H"])])
def test_nights_in_britain_average_eight_hours_less_the_weekly_rest(end, expected):
    """Five nights of 9 h 36 min are 48 h: eight for each of six days."""
    assert judged("gb", 17, weeks("gb", 17, 5, "22:00", end), night_worker=True) == expected
    assert judged("gb", 17, weeks("gb", 17, 5, "22:00", end)) == []


@pytest.mark.parametrize(("end", "expected"), [("06:00", []), ("06:01", ["DE.NIGHT_AVG_8H"])])
def test_nights_in_germany_average_eight_hours_over_four_weeks(end, expected):
    work = weeks("de", 4, 6, "22:00", end)
    found = judged("de", 4, work, night_worker=True, grounds=frozenset({"sunday_branch"}))
    assert [code for code in found if "NIGHT" in code] == expected


@pytest.mark.parametrize(("end", "expected"), [("05:00", []), ("05:01", ["FR.NIGHT_AVG_40H"])])
def test_nights_in_france_average_forty_hours_over_twelve_weeks(end, expected):
    work = weeks("fr", 12, 5, "21:00", end)
    assert judged("fr", 12, work, night_worker=True) == expected


def leave(first_week, count):
    first = FIRST + timedelta(weeks=first_week)
    return frozenset(first + timedelta(days=n) for n in range(7 * count))


def test_leave_does_not_lower_the_average_of_the_union():
    """Fifteen weeks of 50 h and two of leave: 44 h on average, 50 h without the leave."""
    off = leave(3, 2)
    work = weeks("eu", 17, 5, "08:00", "18:00", off)
    assert judged("eu", 17, work) == []
    assert judged("eu", 17, work, absent_on=off) == ["EU.WEEK_AVG_48H"]


def test_in_britain_the_working_days_that_follow_take_the_place_of_leave():
    off = leave(3, 2)
    work = weeks("gb", 19, 5, "08:00", "18:00", off)
    first = FIRST + timedelta(weeks=16)
    days = (str(first), str(first + timedelta(weeks=1)))
    assert codes("gb", work, *days, absent_on=off) == ["GB.WEEK_AVG_48H"]
    short_after = [one for one in work if one.start.date() < FIRST + timedelta(weeks=17)]
    assert codes("gb", short_after, *days, absent_on=off) == []  # nothing is known to follow: 44 h


def test_who_opted_out_has_no_average_with_leave_either():
    off = leave(3, 2)
    work = weeks("gb", 19, 5, "08:00", "18:00", off)
    first = FIRST + timedelta(weeks=16)
    days = (str(first), str(first + timedelta(weeks=1)))
    assert codes("gb", work, *days, absent_on=off, grounds=frozenset({"opt_out"})) == []


def test_in_germany_a_day_of_leave_counts_as_eight_hours():
    off = leave(3, 2)
    work = weeks("de", 24, 5, "08:00", "18:00", off)  # 50 h a week, 48 h for the weeks of leave
    found = judged("de", 24, work, absent_on=off)
    assert "DE.AVG_8H_24_WEEKS" in found
    assert "DE.AVG_8H_24_WEEKS" not in judged("de", 24, work)


def test_in_france_leave_counts_as_no_work():
    off = leave(3, 2)
    work = weeks("fr", 12, 5, "08:00", "18:00", off)
    assert judged("fr", 12, work, absent_on=off) == []
