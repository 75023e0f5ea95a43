from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.clock import local_day
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import PayCase, Terms, WorkedTime, Worker
from scheduler.pay.interpret import Interpreted, interpret
from scheduler.timekeeping.pairing import Worked

WARSAW = ZoneInfo("Europe/Warsaw")
PLACE = UUID(int=1)
ANN = UUID(int=2)
NO_LAW, POLAND = PayLaw(()), PayLaw(layers_of("pl"))


def terms_of(number: int, valid_from: date, valid_until: date | None, cents: int) -> Terms:
    return Terms(
        valid_from=valid_from, valid_until=valid_until, contract=str(UUID(int=number)), currency="PLN",
        hourly=Fraction(cents, 100),
    )  # fmt: skip


OLD = terms_of(10, date(2026, 1, 1), date(2026, 11, 17), 3000)
NEW = terms_of(11, date(2026, 11, 17), None, 3333)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW).astimezone(UTC)


def span(start: str, end: str, *breaks: tuple[str, str]) -> Worked:
    rests = tuple((at(first), at(last)) for first, last in breaks)
    return Worked(
        date.fromisoformat(start[:10]), PLACE, at(start), at(end), rests, (UUID(int=7), UUID(int=8))
    )


def read(*worked: Worked, terms: tuple[Terms, ...] = (OLD, NEW), law: PayLaw = NO_LAW) -> Interpreted:
    spans = tuple(
        WorkedTime(
            day=one.day, start=one.starts_at, end=one.ends_at, breaks=one.breaks,
            refs=tuple(map(str, one.punch_ids)),
        )
        for one in worked
    )  # fmt: skip
    case = PayCase(
        zone=WARSAW, first=date(2026, 1, 1), end=date(2029, 1, 1), worked=spans,
        worker=Worker(subject=LawSubject(id="ann"), terms=terms),
    )  # fmt: skip
    return interpret(ANN, case, law)


def said(result: Interpreted) -> list[tuple[str, int, int, int]]:
    return [
        (line.key.day.isoformat(), line.minutes, line.key.hourly_rate_cents, line.amount_cents)
        for line in result.earned
    ]


def test_all_spans_of_a_day_are_one_line_rounded_once():
    """Rounded each, three times a minute at 33.30 an hour would be 1.68."""
    terms = terms_of(10, date(2026, 1, 1), None, 3330)
    parts = [span(f"2026-11-18 {hour}:00", f"2026-11-18 {hour}:01") for hour in (10, 12, 14)]
    assert said(read(*parts, terms=(terms,))) == [("2026-11-18", 3, 3330, 167)]


def test_half_a_cent_is_rounded_up():
    terms = terms_of(10, date(2026, 1, 1), None, 30)
    assert said(read(span("2026-11-18 08:00", "2026-11-18 08:01"), terms=(terms,))) == [
        ("2026-11-18", 1, 30, 1)
    ]


def test_a_night_over_a_new_contract_is_cut_at_midnight_and_counts_for_its_first_day():
    result = read(span("2026-11-16 22:00", "2026-11-17 06:00"))
    assert said(result) == [("2026-11-16", 120, 3000, 6000), ("2026-11-16", 360, 3333, 19998)]
    assert [line.key.contract_id for line in result.earned] == [UUID(int=10), UUID(int=11)]


def test_a_night_within_one_contract_is_one_line():
    assert said(read(span("2026-11-14 22:00", "2026-11-15 06:00"))) == [("2026-11-14", 480, 3000, 24000)]


def test_a_break_over_midnight_is_taken_from_both_sides():
    night = span("2026-11-16 22:00", "2026-11-17 06:00", ("2026-11-16 23:50", "2026-11-17 00:20"))
    assert [(minutes, rate) for _, minutes, rate, _ in said(read(night))] == [(110, 3000), (340, 3333)]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2028-02-28", 8)])
def test_a_night_is_paid_for_the_hours_that_elapse(day: str, hours: int):
    terms = terms_of(10, date(2026, 1, 1), None, 3000)
    after = date.fromisoformat(day) + timedelta(days=1)
    assert said(read(span(f"{day} 22:00", f"{after} 06:00"), terms=(terms,))) == [
        (day, hours * 60, 3000, hours * 3000)
    ]


def test_work_without_a_contract_names_the_days_and_makes_no_line():
    result = read(
        span("2026-11-18 22:00", "2026-11-19 06:00"), span("2026-11-10 08:00", "2026-11-10 09:00"), terms=()
    )
    assert (result.earned, result.days_without_contract) == (
        (),
        (date(2026, 11, 10), date(2026, 11, 18), date(2026, 11, 19)),
    )


def test_a_night_after_the_last_day_of_a_contract_is_paid_up_to_midnight_and_the_rest_is_named():
    result = read(span("2026-11-16 22:00", "2026-11-17 06:00"), terms=(OLD,))
    assert said(result) == [("2026-11-16", 120, 3000, 6000)]
    assert result.days_without_contract == (date(2026, 11, 17),)


@st.composite
def any_work(draw: st.DrawFn) -> list[Worked]:
    """Spans one after the other around the autumn change of the clocks, some with a break."""
    now = datetime(2026, 10, 23, tzinfo=UTC)
    found = []
    for _ in range(draw(st.integers(0, 6))):
        now += timedelta(minutes=draw(st.integers(0, 600)))
        length = draw(st.integers(1, 960))
        edges = sorted(draw(st.tuples(st.integers(0, length), st.integers(0, length))))
        rest = (now + timedelta(minutes=edges[0]), now + timedelta(minutes=edges[1]))
        end = now + timedelta(minutes=length)
        found.append(Worked(local_day(now, WARSAW), PLACE, now, end, (rest,), ()))
        now = end
    return found


@given(
    any_work(),
    st.integers(0, 100_000),
    st.integers(0, 100_000),
    st.dates(date(2026, 10, 22), date(2026, 10, 28)),
)
def test_every_worked_minute_is_paid_once_and_never_more_than_half_a_cent_off(
    worked: list[Worked], first_rate: int, second_rate: int, change: date
):
    terms = (
        terms_of(10, date(2026, 1, 1), change, first_rate),
        terms_of(11, change, None, second_rate),
    )
    result = read(*worked, terms=terms)
    assert sum(line.minutes for line in result.earned) == sum(each.worked_minutes for each in worked)
    assert result.days_without_contract == ()
    for line in result.earned:
        exact = Fraction(line.minutes * line.key.hourly_rate_cents, 60)
        assert abs(line.amount_cents - exact) <= Fraction(1, 2)
        assert line.amount_cents == int(Decimal(line.amount_cents))
    keys = [line.key for line in result.earned]
    assert keys == sorted(set(keys))


def test_what_the_law_adds_is_a_line_with_its_rule_and_the_punches_and_is_no_worked_time():
    result = read(span("2026-11-18 22:00", "2026-11-19 06:00"), law=POLAND)
    base, night = sorted(result.earned, key=lambda line: not line.is_worked)
    assert (base.key.pay_code, base.rule, base.minutes, base.amount_cents) == ("regular", None, 480, 26664)
    assert (night.key.pay_code, night.minutes, night.is_worked) == ("night_supplement_20_of_min", 480, False)
    assert (night.key.hourly_rate_cents, night.key.rate, night.amount_cents) == (601, "6.0075", 4806)
    assert night.punch_ids == (UUID(int=7), UUID(int=8))
    assert night.rule is not None
    assert night.rule.rule == "pl.night.supplement"
    assert night.rule.pack.startswith("pl 20")
    assert "151(8)" in night.rule.citation


def test_a_salary_shows_the_hours_without_an_amount():
    salary = Terms(
        valid_from=date(2026, 1, 1), valid_until=None, contract=str(UUID(int=10)), currency="PLN",
        monthly=Fraction(8000),
    )  # fmt: skip
    (line,) = read(span("2026-11-18 08:00", "2026-11-18 16:00"), terms=(salary,), law=POLAND).earned
    assert (line.key.pay_code, line.minutes, line.amount_cents, line.is_worked) == ("salaried", 480, 0, True)
    assert line.key.hourly_rate_cents == 5000
