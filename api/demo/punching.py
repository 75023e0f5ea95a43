"""What the time clocks of Kometa saw in a week: the usual shifts, as people keep to them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from api.demo.staff import UsualShift, Worker
from scheduler.imports.forms import DAY_NAMES

UNPAID_BREAK = {"WAW": 0, "MNL": 60, "SFO": 30}


def punch_rows(staff: Sequence[Worker], rng: random.Random) -> Iterator[tuple[str, str, str, str, str]]:
    """Punches by person and time: everybody comes and goes a few minutes off, and some forget to punch."""
    worked = [(worker, shift) for worker in staff for shift in worker.week]
    broken = [place for place, (worker, shift) in enumerate(worked) if _unpaid_break(worker, shift)]
    no_end, *rest = rng.sample(broken, 3)
    home, no_out = set(rest), set(rng.sample(range(len(worked)), 3))
    number = 0
    for place, (worker, shift) in enumerate(worked):
        if place in home:
            continue
        for minute, kind in _punches(worker, shift, rng):
            if (kind == "out" and place in no_out) or (kind == "break_end" and place == no_end):
                continue
            number += 1
            after_midnight = minute - shift.weekday * 1440
            time = f"{after_midnight // 60:02}:{after_midnight % 60:02}"
            day = DAY_NAMES[shift.weekday][:3]
            yield worker.number, day, time, kind, f"{worker.location}-{number:05}"


def _punches(worker: Worker, shift: UsualShift, rng: random.Random) -> Iterator[tuple[int, str]]:
    """Minutes after Monday 00:00 and kinds; nobody clocks in before the midnight that starts the day."""
    come = shift.start + max(-12, min(9, round(rng.gauss(-3, 4))))
    yield max(come, shift.weekday * 1440), "in"
    if pause := _unpaid_break(worker, shift):
        leaves = shift.start + 240 + rng.randint(-30, 30)
        yield leaves, "break_start"
        yield leaves + pause + rng.randint(-4, 6), "break_end"
    yield shift.end + max(-6, min(15, round(rng.gauss(3, 4)))), "out"


def _unpaid_break(worker: Worker, shift: UsualShift) -> int:
    return UNPAID_BREAK[worker.location] if shift.end - shift.start >= 360 else 0
