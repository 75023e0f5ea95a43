from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.clock import local_day, minutes_between
from scheduler.timekeeping.exceptions import TimeException
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.pairing import LONGEST_SPAN, Clocking, Paired, Worked, joined, pair

WARSAW = ZoneInfo("Europe/Warsaw")
MANILA = ZoneInfo("Asia/Manila")
FRISCO = ZoneInfo("America/Los_Angeles")
PLACE = UUID(int=1)
LATER = datetime(2040, 1, 1, tzinfo=UTC)

IN, OUT = PunchKind.IN, PunchKind.OUT
BREAK, BACK = PunchKind.BREAK_START, PunchKind.BREAK_END
MOVE = PunchKind.TRANSFER
KINDS = {"in": IN, "out": OUT, "break": BREAK, "back": BACK, "move": MOVE}


def clockings(lines: str, zone: ZoneInfo = WARSAW) -> list[Clocking]:
    """Punches written ``2026-11-16 08:00 in``, one a line, on a wall clock; ``02:30+1`` is the second one."""
    punches = []
    for number, line in enumerate(filter(None, map(str.strip, lines.splitlines())), start=1):
        day, clock, kind = line.split()
        at = datetime.fromisoformat(f"{day} {clock.removesuffix('+1')}")
        at = at.replace(tzinfo=zone, fold=int(clock.endswith("+1")))
        punches.append(Clocking(UUID(int=number), at.astimezone(UTC), KINDS[kind], PLACE, zone))
    return punches


def void_of(punch: Clocking, number: int) -> Clocking:
    return Clocking(UUID(int=number), punch.at, PunchKind.VOID, punch.location_id, punch.zone, punch.id)


def paired(lines: str, zone: ZoneInfo = WARSAW, as_of: datetime = LATER) -> Paired:
    return pair(clockings(lines, zone), as_of=as_of)


def only_span(result: Paired) -> Worked:
    assert result.exceptions == ()
    (span,) = result.worked
    return span


def only_exception(result: Paired) -> TimeException:
    (found,) = result.exceptions
    return found


def test_a_day_with_a_break_counts_elapsed_minutes_less_the_break():
    span = only_span(
        paired("""
        2026-11-16 08:00 in
        2026-11-16 12:00 break
        2026-11-16 12:30 back
        2026-11-16 16:00 out""")
    )
    assert (span.worked_minutes, span.break_minutes, span.day) == (450, 30, date(2026, 11, 16))
    assert span.punch_ids == tuple(UUID(int=number) for number in (1, 2, 3, 4))


def test_two_spans_on_one_day_are_two_entries():
    result = paired("""
        2026-11-16 06:00 in
        2026-11-16 10:00 out
        2026-11-16 14:00 in
        2026-11-16 18:30 out""")
    assert [span.worked_minutes for span in result.worked] == [240, 270]


def test_a_night_counts_for_the_local_day_on_which_it_starts():
    span = only_span(paired("2026-11-16 22:00 in\n2026-11-17 06:00 out"))
    assert (span.day, span.worked_minutes) == (date(2026, 11, 16), 480)


@pytest.mark.parametrize(
    ("zone", "utc_start", "day"),
    [
        (MANILA, datetime(2026, 11, 16, 22, tzinfo=UTC), date(2026, 11, 17)),
        (WARSAW, datetime(2026, 11, 16, 22, tzinfo=UTC), date(2026, 11, 16)),
        (WARSAW, datetime(2026, 11, 16, 23, tzinfo=UTC), date(2026, 11, 17)),
        (FRISCO, datetime(2026, 11, 17, 7, 59, tzinfo=UTC), date(2026, 11, 16)),
        (FRISCO, datetime(2026, 11, 17, 8, 0, tzinfo=UTC), date(2026, 11, 17)),
    ],
)
def test_the_day_is_that_of_the_place_and_not_that_of_utc(zone, utc_start, day):
    punches = [
        Clocking(UUID(int=1), utc_start, IN, PLACE, zone),
        Clocking(UUID(int=2), utc_start + timedelta(hours=8), OUT, PLACE, zone),
    ]
    span = only_span(pair(punches, as_of=LATER))
    assert (span.day, span.worked_minutes) == (day, 480)


@pytest.mark.parametrize(
    ("start", "end", "zone", "hours"),
    [
        ("2026-03-28 22:00", "2026-03-29 06:00", WARSAW, 7),
        ("2026-10-24 22:00", "2026-10-25 06:00", WARSAW, 9),
        ("2026-03-07 22:00", "2026-03-08 06:00", FRISCO, 7),
        ("2026-10-31 22:00", "2026-11-01 06:00", FRISCO, 9),
        ("2026-03-28 22:00", "2026-03-29 06:00", MANILA, 8),
        ("2028-02-28 22:00", "2028-02-29 06:00", WARSAW, 8),
        ("2028-02-29 22:00", "2028-03-01 06:00", WARSAW, 8),
        ("2026-12-31 22:00", "2027-01-01 06:00", WARSAW, 8),
    ],
)
def test_a_night_has_the_hours_that_elapse(start, end, zone, hours):
    span = only_span(paired(f"{start} in\n{end} out", zone))
    assert span.worked_minutes == hours * 60
    assert span.day == date.fromisoformat(start[:10])


def test_the_repeated_hour_can_be_told_apart():
    first = only_span(paired("2026-10-25 02:30 in\n2026-10-25 02:30+1 out"))
    assert first.worked_minutes == 60


def test_a_break_over_the_repeated_hour_takes_two_hours_off_the_clock_and_three_off_the_pay():
    span = only_span(
        paired("""
        2026-10-24 22:00 in
        2026-10-25 01:00 break
        2026-10-25 03:00 back
        2026-10-25 06:00 out""")
    )
    assert (span.break_minutes, span.worked_minutes) == (180, 360)


def test_seconds_are_dropped_from_each_punch():
    base = datetime(2026, 11, 16, 7, tzinfo=UTC)
    punches = [
        Clocking(UUID(int=1), base + timedelta(seconds=50), IN, PLACE, WARSAW),
        Clocking(UUID(int=2), base + timedelta(hours=8, seconds=5), OUT, PLACE, WARSAW),
    ]
    assert only_span(pair(punches, as_of=LATER)).worked_minutes == 480


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("2026-11-16 16:00 out", "missing_in"),
        ("2026-11-16 08:00 in", "missing_out"),
        ("2026-11-16 08:00 in\n2026-11-16 12:00 break", "missing_out"),
        ("2026-11-16 08:00 in\n2026-11-16 12:00 break\n2026-11-16 16:00 out", "break_without_end"),
        (
            "2026-11-16 08:00 in\n2026-11-16 12:00 break\n2026-11-16 12:10 break\n"
            "2026-11-16 12:30 back\n2026-11-16 16:00 out",
            "break_without_end",
        ),
        ("2026-11-16 08:00 in\n2026-11-16 12:30 back\n2026-11-16 16:00 out", "break_without_start"),
        ("2026-11-16 12:00 break", "break_outside_work"),
        ("2026-11-16 12:00 back", "break_outside_work"),
        ("2026-11-16 08:00 in\n2026-11-17 00:01 out", "long_span"),
        ("2026-11-16 08:00 in\n2026-11-16 08:00 out", "empty_span"),
    ],
)
def test_what_is_not_known_is_an_exception_and_makes_no_entry(lines, code):
    result = paired(lines)
    found = only_exception(result)
    assert (found.code, found.blocking, result.worked) == (code, True, ())
    assert found.punch_ids == tuple(punch.id for punch in clockings(lines))
    assert found.day == date(2026, 11, 16)


def test_a_span_of_exactly_the_longest_is_no_exception():
    assert only_span(paired("2026-11-16 08:00 in\n2026-11-17 00:00 out")).worked_minutes == 960


def test_a_second_in_starts_a_span_and_leaves_the_first_to_a_person():
    result = paired("2026-11-16 08:00 in\n2026-11-16 08:01 in\n2026-11-16 16:00 out")
    assert [span.worked_minutes for span in result.worked] == [479]
    found = only_exception(result)
    assert (found.code, found.punch_ids) == ("double_in", (UUID(int=1),))
    assert found.facts["next_in_at"] == "2026-11-16T07:01:00+00:00"


def test_a_forgotten_out_does_not_swallow_the_next_day():
    result = paired("2026-11-16 08:00 in\n2026-11-17 08:00 in\n2026-11-17 16:00 out")
    assert [(span.day.day, span.worked_minutes) for span in result.worked] == [(17, 480)]
    found = only_exception(result)
    assert (found.code, found.day.day) == ("missing_out", 16)


def test_somebody_who_may_still_be_at_work_has_not_forgotten_to_punch_out():
    start = datetime(2026, 11, 16, 8, tzinfo=WARSAW)
    codes = [
        only_exception(paired("2026-11-16 08:00 in", as_of=start + after)).code
        for after in (timedelta(hours=2), LONGEST_SPAN, LONGEST_SPAN + timedelta(minutes=1))
    ]
    assert codes == ["clocked_in", "clocked_in", "missing_out"]


def test_a_voided_punch_counts_no_more():
    punches = clockings("2026-11-16 08:00 in\n2026-11-16 08:01 in\n2026-11-16 16:00 out")
    punches.append(void_of(punches[1], 9))
    span = only_span(pair(punches, as_of=LATER))
    assert (span.worked_minutes, span.punch_ids) == (480, (UUID(int=1), UUID(int=3)))


def test_punches_of_one_instant_are_taken_in_the_order_that_makes_sense():
    result = paired("""
        2026-11-16 08:00 in
        2026-11-16 12:00 in
        2026-11-16 12:00 out
        2026-11-16 16:00 out""")
    assert [span.worked_minutes for span in result.worked] == [240, 240]
    assert result.exceptions == ()


def test_work_begun_at_one_place_and_ended_at_another_counts_where_it_began():
    start = datetime(2026, 11, 16, 22, tzinfo=WARSAW)
    punches = [
        Clocking(UUID(int=1), start, IN, PLACE, WARSAW),
        Clocking(UUID(int=2), start + timedelta(hours=4), OUT, UUID(int=2), MANILA),
    ]
    span = only_span(pair(punches, as_of=LATER))
    assert (span.location_id, span.day, span.worked_minutes) == (PLACE, date(2026, 11, 16), 240)


def test_an_exception_survives_being_stored():
    found = only_exception(paired("2026-11-16 08:00 in\n2026-11-17 00:01 out"))
    assert TimeException.from_json(found.to_json()) == found
    assert found.facts["longest_minutes"] == 960


# --- for any punches whatever ---------------------------------------------------------------------------

ZONES = st.sampled_from([WARSAW, MANILA, FRISCO])


@st.composite
def any_punches(draw: st.DrawFn) -> list[Clocking]:
    """Some punches around a change of the clocks, several of them at one instant, some voided."""
    zone = draw(ZONES)
    origin = draw(st.sampled_from([datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)]))
    kinds = st.sampled_from([IN, OUT, BREAK, BACK, MOVE])
    # Quarters of an hour, so that instants meet; a few seconds, so that minutes do.
    moments = st.builds(
        lambda quarters, seconds: timedelta(minutes=15 * quarters, seconds=seconds),
        st.integers(0, 4 * 72),
        st.sampled_from([0, 0, 0, 20, 59]),
    )
    drawn = draw(st.lists(st.tuples(moments, kinds), max_size=16))
    punches = [
        Clocking(UUID(int=number), origin + after, kind, PLACE, zone)
        for number, (after, kind) in enumerate(drawn, start=1)
    ]
    voided = draw(st.sets(st.sampled_from(punches))) if punches else set()
    return punches + [void_of(punch, 100 + number) for number, punch in enumerate(voided)]


@given(any_punches(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(punches: list[Clocking], chance: random.Random):
    shuffled = list(punches)
    chance.shuffle(shuffled)
    assert pair(shuffled, as_of=LATER) == pair(punches, as_of=LATER)


@given(any_punches())
def test_every_standing_punch_is_in_exactly_one_entry_or_exception(punches: list[Clocking]):
    voided = {punch.voids_id for punch in punches}
    standing = [punch.id for punch in punches if punch.kind is not PunchKind.VOID and punch.id not in voided]
    result = pair(punches, as_of=LATER)
    used = [punch_id for span in result.worked for punch_id in span.punch_ids]
    used += [punch_id for found in result.exceptions for punch_id in found.punch_ids]
    parting = {punch.id for punch in punches if punch.kind is MOVE}
    once = [punch_id for punch_id in used if punch_id not in parting]
    assert sorted(once) == sorted(punch_id for punch_id in standing if punch_id not in parting)
    assert set(used) == set(standing)
    assert all(used.count(punch_id) <= 2 for punch_id in parting)


@given(any_punches())
def test_entries_never_overlap_and_hold_their_breaks(punches: list[Clocking]):
    result = pair(punches, as_of=LATER)
    for span in result.worked:
        edges = [span.starts_at, *(edge for each in span.breaks for edge in each), span.ends_at]
        assert edges == sorted(edges)
        assert span.starts_at < span.ends_at <= span.starts_at + LONGEST_SPAN + timedelta(minutes=1)
        assert span.worked_minutes + span.break_minutes == minutes_between(span.starts_at, span.ends_at)
        assert span.worked_minutes >= 0
    for whole in joined(result.worked):
        assert whole.ends_at <= whole.starts_at + LONGEST_SPAN + timedelta(minutes=1)
        assert whole.day == local_day(whole.starts_at, punches[0].zone)
    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(result.worked))


@st.composite
def true_days(draw: st.DrawFn) -> tuple[list[Clocking], list[tuple[datetime, int, int]]]:
    """Faultless punches, and what each span is made from: (start, minutes at work, minutes of break)."""
    zone, at = draw(ZONES), draw(st.sampled_from([datetime(2026, 3, 27, tzinfo=UTC), LATER]))
    punches: list[Clocking] = []
    truth = []

    def punch(kind: PunchKind) -> None:
        punches.append(Clocking(UUID(int=len(punches) + 1), at, kind, PLACE, zone))

    for _ in range(draw(st.integers(1, 5))):
        at += timedelta(minutes=draw(st.integers(0, 900)))
        start, work, rest = at, 0, 0
        punch(IN)
        for _ in range(draw(st.integers(0, 2))):
            before, pause = draw(st.integers(1, 200)), draw(st.integers(1, 60))
            at += timedelta(minutes=before)
            punch(BREAK)
            at += timedelta(minutes=pause)
            punch(BACK)
            work, rest = work + before, rest + pause
        last = draw(st.integers(1, 400))
        at += timedelta(minutes=last)
        punch(OUT)
        truth.append((start, work + last, rest))
    return punches, truth


@given(true_days(), st.randoms(use_true_random=False))
def test_no_minute_is_lost_or_doubled(drawn, chance: random.Random):
    punches, truth = drawn
    chance.shuffle(punches)
    result = pair(punches, as_of=LATER + timedelta(days=99))
    assert result.exceptions == ()
    assert [(span.starts_at, span.worked_minutes, span.break_minutes) for span in result.worked] == truth
