"""Made-up pay lines to show what a profile makes of them: a night, a correction, a premium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from scheduler.pay.lines import PayrollLine
from scheduler.payroll.payroll_profile import Letters, Profile
from scheduler.payroll.rows import BatchFacts, MappedCode, Person, Place, Row, Unit

FIRST_DAY, LAST_DAY = date(2026, 11, 16), date(2026, 11, 22)

_ANN = Person("17", "0017", "Ann", "Nowak", {"cost_centre": "4711", "department": "10", "job": "J1"})
_BO = Person("18", "0018", "Bo", "O'Neill-Gómez", {"job": "J2"})
_WARSAW = Place("Europe/Warsaw", {"place": "WAW1", "department": "20", "cost_centre": "4800", "state": "CA"})

_REGULAR = PayrollLine(
    line_id=UUID("0192f1c3-7b7a-7c3e-9d2e-000000000001"),
    period_first_day=FIRST_DAY,
    period_last_day=LAST_DAY,
    location_code="WAW",
    employee_number="0017",
    employee_name="Ann Nowak",
    day=FIRST_DAY,
    pay_code="regular",
    minutes=475,
    hourly_rate_cents=3140,
    amount_cents=24858,
    currency="PLN",
)


def sample_rows(profile: Profile) -> list[Row]:
    """A week of two people, mapped to codes that the profile could take."""
    slots = [*profile.slots, "", "", ""][:3] if profile.slots else ["", "", ""]
    regular = MappedCode("100", slots[0])
    overtime = MappedCode("101", slots[1])
    premium = MappedCode(
        "9", slots[2], Unit.AMOUNT if profile.slots and slots[2] == "earnings" else Unit.HOURS
    )
    night = {"multiplier": "1.5", "rule": "overtime_daily", "pack": "pl 1", "citation": "art. 151(1)"}
    made = [
        _row(_ANN, regular, 0, 475),
        _row(_ANN, overtime, 0, 125, pay_code="overtime", **night),
        _row(_ANN, regular, 1, 480),
        _row(_BO, regular, 4, 505),
        _row(_BO, premium, 5, 60, pay_code="predictability_1h"),
        _row(
            _BO, regular, -3, -40, reason="left at 15:50, said the gate",
            corrects_period_first_day=FIRST_DAY - timedelta(days=7),
        ),
    ]  # fmt: skip
    return [
        replace(row, line=row.line._replace(line_id=UUID(int=_REGULAR.line_id.int + n)))
        for n, row in enumerate(made)
    ]


def sample_facts(profile: Profile) -> BatchFacts:
    """The facts of a first batch, with something the profile's settings could hold."""
    settings = {name: setting.default or _filler(setting.letters, setting.min_length, setting.max_length)
                for name, setting in profile.settings.items()}  # fmt: skip
    return BatchFacts(1, LAST_DAY + timedelta(days=2), FIRST_DAY, LAST_DAY, settings)


def _filler(letters: Letters | None, shortest: int, longest: int) -> str:
    text = "12345678" if letters is Letters.DIGITS else "ABC12345"
    return text[: min(longest, max(shortest, 3))]


def _row(person: Person, code: MappedCode, day: int, minutes: int, **more: object) -> Row:
    facts: Mapping[str, object] = {
        "employee_number": person.own_number,
        "employee_name": f"{person.first_name} {person.last_name}",
        "day": FIRST_DAY + timedelta(days=day),
        "minutes": minutes,
        "amount_cents": int((Decimal(minutes) * 3140 / 60).quantize(Decimal(1))),
        **more,
    }
    line = _REGULAR._replace(**facts)  # type: ignore[arg-type]  # names and kinds of the fields above
    start = datetime(2026, 11, 16, 21 if day == 4 else 7, tzinfo=UTC) + timedelta(days=day)
    return Row(
        line,
        person,
        code,
        _WARSAW,
        line.minutes,
        line.amount_cents,
        start,
        start + timedelta(minutes=abs(minutes)),
    )
