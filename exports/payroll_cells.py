"""Cells of a payroll file: the value of a row, checked against what the target takes, and its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.kernel.errors import FieldError
from scheduler.payroll.payroll_profile import Cell, InstantForm, Letters, NumberStyle, Profile
from scheduler.payroll.profile_check import compiled_cell
from scheduler.payroll.rows import FIELDS, BatchFacts, Kind, Row, Value
from scheduler.payroll.written_days import written_day

MOST_FAULTS = 200
"""After so many different faults nothing more is looked for: the first ones say enough."""

_AS_THEY_ARE = frozenset({"amount", "rate", "minutes", "batch_number"})
"""Numbers that have all their digits and no more."""


class CellFault(ValueError):
    """A value that cannot stand in a cell: what is wrong, and what would do."""

    def __init__(self, value: object, problem: str, hint: str) -> None:
        self.value, self.problem, self.hint = str(value), problem, hint
        super().__init__(problem)


class Faults:
    """What was found wrong with values, each thing once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], FieldError] = {}

    def add(self, row: Row, column: str, fault: CellFault) -> None:
        """Note what is wrong with a column of somebody's row."""
        line = row.line
        field = f"{column} of {line.employee_name} ({line.employee_number}), {line.day}"
        if len(self._found) < MOST_FAULTS:
            key = (f"{column}/{line.employee_number}", fault.value, fault.problem)
            self._found.setdefault(key, FieldError(field, fault.value[:200], fault.problem, fault.hint))

    def note(self, error: FieldError) -> None:
        """Note what is wrong with the file as a whole."""
        self._found.setdefault((error.field, error.value, error.problem), error)

    def all(self) -> list[FieldError]:
        """Everything found, in the order in which it was."""
        return list(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


class ReadyCell:
    """A cell of a profile, ready to be read from rows.

    Parameters
    ----------
    name
        What it is called in faults.
    """

    def __init__(self, cell: Cell, name: str, profile: Profile, facts: BatchFacts) -> None:
        compiled = compiled_cell(cell, {**_defaults(profile), **facts.settings}, facts)
        self.cell, self.name, self.kind, self.reads = cell, name, compiled.kind, compiled.reads
        self._read = compiled.read
        self.digits = _digits(cell, compiled.kind)
        self._day_form = cell.day_form or profile.day_form
        self._mark = profile.decimal_mark
        self._is_checked = cell.minimum is not None or cell.maximum is not None or cell.required
        self._step = None if self.digits is None else Decimal(1).scaleb(-self.digits)
        self._write = self._writer()

    def value(self, row: Row) -> Value:
        """The value, rounded and checked; None where the cell stays blank.

        Raises
        ------
        CellFault
            If the target could not take it.
        """
        if self.cell.slot is not None:
            part = row.parts.get(self.cell.slot)
            if part is None:
                return None
            row = part
        try:
            value = self._read(row)
            if self._step is not None and value is not None:
                value = Decimal(value).quantize(self._step, ROUND_HALF_UP)
        except (DecimalException, ArithmeticError, ValueError) as error:
            raise CellFault(
                self.cell.computed or "", "cannot be worked out for this row", "another expression"
            ) from error
        if value == 0 and self.cell.blank_zero and self.kind is Kind.NUMBER:
            value = None
        if self._is_checked:
            self._check(value)
        return value  # type: ignore[no-any-return]  # kinds were checked when the profile was read

    def text_reader(self) -> Callable[[Row], str]:
        """How the value is read as it is written, without quotes; empty where the cell stays blank.

        What is read may raise `CellFault`, if the target could not take it.
        """
        cell, write = self.cell, self._write
        is_bounded = cell.minimum is not None or cell.maximum is not None
        # What is filled up is never empty, so it has to be looked at before.
        is_filled_up = cell.required and cell.pad_to is not None
        if cell.field is None or cell.slot is not None or is_bounded or cell.blank_zero or is_filled_up:
            return lambda row: "" if (value := self.value(row)) is None else write(value, row)
        plain = self._plain_reader()
        if not cell.required:
            return plain

        def must_be_there(row: Row) -> str:
            text = plain(row)
            if not text:
                raise CellFault("(none)", "must not be empty", self._where_from())
            return text

        return must_be_there

    def _plain_reader(self) -> Callable[[Row], str]:
        """How a field is read that is written as it is: most are, and a million lines have many of them."""
        read, write, step = self._read, self._write, self._step
        if step is not None:
            return lambda row: write(Decimal(read(row)).quantize(step, ROUND_HALF_UP), row)
        if write is _as_it_is:
            return lambda row: read(row) or ""
        return lambda row: "" if (value := read(row)) is None else write(value, row)

    def written(self, value: Value, row: Row) -> str:
        """A value of this cell as it is written."""
        return "" if value is None else self._write(value, row)

    def _check(self, value: Value) -> None:
        cell = self.cell
        if cell.required and value in (None, ""):
            raise CellFault("(none)", "must not be empty", self._where_from())
        if isinstance(value, int | Decimal):
            if cell.minimum is not None and value < cell.minimum:
                raise CellFault(value, f"is less than {cell.minimum}", "the target takes no less")
            if cell.maximum is not None and value > cell.maximum:
                raise CellFault(value, f"is more than {cell.maximum}", "the target takes no more")

    def _where_from(self) -> str:
        named = ", ".join(sorted(self.reads)) or self.cell.setting or "a value"
        return f"set {named} in the mappings or settings of the target"

    def _writer(self) -> Callable[[Any, Row], str]:
        cell = self.cell
        write: Callable[[Any, Row], str]
        if self.kind is Kind.NUMBER:
            write = self._number_writer()
        elif self.kind is Kind.DAY:
            write = _day_writer(self._day_form)
        elif self.kind is Kind.INSTANT:
            write = partial(_instant_text, form=cell.instant_form)
        else:
            write = _as_it_is
        if cell.letters or cell.max_length or cell.pad_to:
            return lambda value, row: _fitted(write(value, row), cell)
        return write

    def _number_writer(self) -> Callable[[Any, Row], str]:
        mark, style = self._mark, self.cell.style
        if style is NumberStyle.HOURS_MINUTES:
            return lambda value, _row: hours_minutes(value)
        if style is NumberStyle.HUNDREDTHS:
            return lambda value, _row: str(int((Decimal(value) * 100).quantize(Decimal(1), ROUND_HALF_UP)))
        if style is NumberStyle.SIGN_LAST:
            return lambda value, _row: f"{abs(value):f}".replace(".", mark) + ("-" if value < 0 else "")
        if mark == ".":
            return lambda value, _row: f"{value:f}" if value.__class__ is Decimal else str(value)
        return lambda value, _row: (f"{value:f}" if value.__class__ is Decimal else str(value)).replace(
            ".", mark
        )


def _day_writer(form: str) -> Callable[[date, Row], str]:
    # The same few days come again and again.
    text = cache(partial(written_day, form=form))
    return lambda value, _row: text(value)


def _instant_text(value: datetime, row: Row, form: InstantForm) -> str:
    return written_instant(value, row.place.zone, form)


def _as_it_is(value: str, _row: Row) -> str:
    return value


def _defaults(profile: Profile) -> dict[str, str]:
    return {name: setting.default for name, setting in profile.settings.items()}


def _digits(cell: Cell, kind: Kind) -> int | None:
    """Decimals a number is rounded to; None where it stays as it is."""
    if kind is not Kind.NUMBER:
        return None
    if cell.style is NumberStyle.HOURS_MINUTES:
        return 6
    if cell.decimals is not None:
        return cell.decimals
    return None if cell.field in _AS_THEY_ARE else 2


def _fitted(text: str, cell: Cell) -> str:
    """A text that keeps to letters and length, filled up where the cell says so."""
    if cell.letters is Letters.DIGITS and text and not (text.isascii() and text.isdecimal()):
        raise CellFault(text, "has other characters than digits", "0 to 9 only, by mapping")
    if cell.letters is Letters.LETTERS_DIGITS and text and not (text.isascii() and text.isalnum()):
        raise CellFault(text, "has other characters than letters and digits", "A to Z and 0 to 9, by mapping")
    if cell.max_length is not None and len(text) > cell.max_length:
        if not cell.cut:
            raise CellFault(text, f"has {len(text)} characters", f"at most {cell.max_length}")
        text = text[: cell.max_length]
    if cell.pad_to is not None:
        text = (
            text.ljust(cell.pad_to, cell.pad_with)
            if cell.pad_right
            else text.rjust(cell.pad_to, cell.pad_with)
        )
    return text


def hours_minutes(hours: Decimal) -> str:
    """Hours as hours and minutes, to the nearest minute.

    Examples
    --------
    >>> hours_minutes(Decimal("7.5")), hours_minutes(Decimal("-0.25")), hours_minutes(Decimal("7.9999999"))
    ('7:30', '-0:15', '8:00')
    """
    minutes = int((Decimal(hours) * 60).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def written_instant(at: datetime, zone: str, form: InstantForm) -> str:
    """An instant in one of the forms.

    Examples
    --------
    >>> night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    >>> [written_instant(night, "Europe/Warsaw", form) for form in InstantForm]
    ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00', '02:30']
    """
    if form is InstantForm.UTC:
        return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    local = at.astimezone(ZoneInfo(zone))
    return local.strftime("%H:%M") if form is InstantForm.CLOCK else local.isoformat(timespec="seconds")


def kept_apart(reads: frozenset[str], keys: frozenset[str]) -> tuple[Callable[[Row], Any], ...]:
    """How to read those of some fields that must be the same in all lines of a row."""
    return tuple(
        FIELDS[name].get
        for name in sorted(reads & FIELDS.keys() - keys - _MAY_DIFFER)
        if not FIELDS[name].summed
    )


_MAY_DIFFER = frozenset(
    {"employee_name", "first_name", "last_name", "own_number", "started_at", "ended_at", "zone"}
)
"""What is one person's anyway, or becomes the earliest and the latest."""


def is_day(value: Value) -> bool:
    """Whether a value is a civil day and no instant."""
    return isinstance(value, date) and not isinstance(value, datetime)
