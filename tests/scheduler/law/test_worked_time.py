"""Worked time judged by the law, with what came close to breaking it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.law.consents import Consent
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.work_record import Pause, WorkSpan
from scheduler.law.worked_time import check_worked

WARSAW, LONDON = ZoneInfo("Europe/Warsaw"), ZoneInfo("Europe/London")


def work(start, end, *pauses, zone=WARSAW):
    at = (datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC) for text in (start, end))
    first, last = at
    return WorkSpan(start=first, end=last, pauses=tuple(Pause(minutes=one, paid=True) for one in pauses))


def judged(spans, first, end, *, law="pl", zone=WARSAW, settlement=None, as_planned=False, **facts):
    ann = LawSubject(id="ann", **{"born_on": date(1990, 1, 1), **facts})
    return check_worked(
        law, {"ann": spans}, people=[ann], zone=zone, names={"ann": "Ann Nowak"}, settlement=settlement,
        first_day=date.fromisoformat(first), end_day=date.fromisoformat(end), as_planned=as_planned,
    )  # fmt: skip


def codes(*case, **how):
    return sorted({finding.code for finding in judged(*case, **how).findings})


def test_work_beyond_the_norm_is_overtime_and_a_breach_of_schedules_only():
    long = [work("2026-11-23T08:00", "2026-11-23T18:00", 30)]
    week = ("2026-11-23", "2026-11-30")
    assert codes(long, *week) == []
    assert codes(long, *week, as_planned=True) == ["PL.NORM_DAY_8H"]


def test_the_day_of_the_young_is_no_norm_of_schedules():
    long = [work("2026-11-23T08:00", "2026-11-23T16:30", 30)]
    assert codes(long, "2026-11-23", "2026-11-30", born_on=date(2009, 6, 1)) == ["PL.MINOR_DAY_8H"]


def test_a_finding_about_worked_time_says_who_by_how_much_and_what_would_do():
    late = [work("2026-11-23T14:00", "2026-11-23T22:00", 15), work("2026-11-24T08:00", "2026-11-24T12:00")]
    (one,) = judged(late, "2026-11-23", "2026-11-30").findings
    assert (one.employee, one.employee_name, one.code) == ("ann", "Ann Nowak", "PL.DAILY_REST_11H")
    assert (one.short_by, one.unit, one.citation) == (60, "minutes", "Kodeks pracy, art. 132 par. 1")
    assert one.spans[0][0] == late[0].start
    assert one.remedy == "Give 60 more minutes between Mon 23 Nov 22:00 and Tue 24 Nov 08:00."


def test_a_break_that_was_not_taken_is_found():
    assert codes([work("2026-11-23T08:00", "2026-11-23T16:00")], "2026-11-23", "2026-11-30") == ["PL.BREAK"]


@pytest.mark.parametrize(
    ("evening", "morning", "found"),
    [
        # the clocks go forward in the night to 29 March 2026 and back in that to 25 October
        ("2026-03-28T21:00", "2026-03-29T08:00", ["PL.DAILY_REST_11H"]),
        ("2026-03-28T21:00", "2026-03-29T09:00", []),
        ("2026-10-24T21:00", "2026-10-25T07:00", []),
    ],
)
def test_rest_is_elapsed_time_when_the_clocks_change(evening, morning, found):
    day = morning[:10]
    spans = [work(f"{evening[:10]}T17:00", evening), work(morning, f"{day}T12:00")]
    first = date.fromisoformat(evening[:10])
    assert codes(spans, str(first), str(first + timedelta(days=7))) == found


def weeks_of(hours, count, zone):
    first = date(2026, 1, 5)
    days = [first + timedelta(weeks=week, days=day) for week in range(count) for day in range(5)]
    return [work(f"{day}T08:00", f"{day}T{8 + hours:02}:00", 20, zone=zone) for day in days]


def opt_out(**dates):
    return (Consent(ground="opt_out", given_on=date(2026, 1, 1), valid_from=date(2026, 1, 1), **dates),)


def test_an_opt_out_withdrawn_in_the_period_ends_after_its_notice():
    """Seventeen weeks of 50 h; the roster is the week from 27 April."""
    spans = weeks_of(10, 17, LONDON)
    week = {"law": "gb", "zone": LONDON}
    days = ("2026-04-27", "2026-05-04")
    assert codes(spans, *days, **week) == ["GB.WEEK_AVG_48H"]
    assert codes(spans, *days, **week, consents=opt_out()) == []
    late = opt_out(withdrawn_on=date(2026, 4, 27), notice_days=7)
    assert codes(spans, *days, **week, consents=late) == []
    early = opt_out(withdrawn_on=date(2026, 4, 26), notice_days=7)
    assert codes(spans, *days, **week, consents=early) == ["GB.WEEK_AVG_48H"]


def test_two_places_judge_the_same_work_by_their_own_law():
    """Nine hours and a half with 30 minutes of break: enough in Britain, too little in Germany."""
    spans = [WorkSpan(
        start=datetime(2026, 5, 4, 8, tzinfo=UTC), end=datetime(2026, 5, 4, 18, tzinfo=UTC),
        pauses=(Pause(minutes=30),),
    )]  # fmt: skip
    days = ("2026-05-04", "2026-05-11")
    assert codes(spans, *days, law="gb", zone=LONDON) == []
    assert codes(spans, *days, law="de", zone=ZoneInfo("Europe/Berlin")) == ["DE.BREAK_45"]


def test_the_weeks_of_the_settlement_period_decide_and_not_those_of_the_calendar():
    days = [date(2026, 11, 18) + timedelta(days=n) for n in range(8)]
    busy = [work(f"{day}T08:00", f"{day}T16:00", 15) for day in days]
    fortnight = ("2026-11-16", "2026-11-30")
    assert "PL.WEEKLY_REST_35H" not in codes(busy, *fortnight)
    assert "PL.WEEKLY_REST_35H" in codes(busy, *fortnight, settlement=Settlement(date(2026, 11, 4)))


def test_what_is_kept_with_little_to_spare_is_close_and_no_finding():
    spans = [work("2026-11-23T14:00", "2026-11-23T22:00", 15), work("2026-11-24T09:30", "2026-11-24T14:00")]
    report = judged(spans, "2026-11-23", "2026-11-30")
    assert report.clean
    (one,) = report.close
    assert (one.code, one.employee, one.left, one.unit) == ("PL.DAILY_REST_11H", "ann", 30, "minutes")
    assert one.sentence.startswith("Ann Nowak keeps it with 30 min to spare")
    assert report.as_dict()["close"][0]["left"] == 30


@pytest.mark.parametrize(("start", "left"), [("09:00", [0]), ("09:59", [59]), ("10:00", [])])
def test_a_rest_is_close_below_an_hour_to_spare(start, left):
    spans = [
        work("2026-11-23T14:00", "2026-11-23T22:00", 15),
        work(f"2026-11-24T{start}", "2026-11-24T14:00"),
    ]
    assert [one.left for one in judged(spans, "2026-11-23", "2026-11-30").close] == left


def test_a_breach_is_not_close_too():
    spans = [work("2026-11-23T14:00", "2026-11-23T22:00", 15), work("2026-11-24T08:59", "2026-11-24T14:00")]
    report = judged(spans, "2026-11-23", "2026-11-30")
    assert [one.short_by for one in report.findings] == [1]
    assert report.close == ()


def test_a_sixth_day_in_the_week_of_france_is_close_and_a_seventh_a_breach():
    paris = ZoneInfo("Europe/Paris")
    days = [date(2026, 5, 4) + timedelta(days=n) for n in range(7)]
    spans = [work(f"{day}T09:00", f"{day}T12:00", zone=paris) for day in days]
    how = {"law": "fr", "zone": paris}
    six = judged(spans[:6], "2026-05-04", "2026-05-11", **how)
    assert [(one.code, one.left) for one in six.close if one.unit == "days"] == [("FR.6_DAYS", 0)]
    seven = judged(spans, "2026-05-04", "2026-05-11", **how)
    assert "FR.6_DAYS" in {one.code for one in seven.findings}
    assert [one.code for one in seven.close if one.unit == "days"] == []


def test_a_place_without_a_pack_is_not_judged():
    report = judged([work("2026-11-23T06:00", "2026-11-23T23:00")], "2026-11-23", "2026-11-30", law="br")
    assert (report.checked, report.clean, report.findings, report.close) == (False, False, (), ())
