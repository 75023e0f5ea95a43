"""Values of forms as people type them: amounts of money, hours, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from fastapi import Request

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.kernel.money import minor_digits

MOST = 2_147_483_647


async def form_of(request: Request) -> dict[str, str]:
    """The fields of the form that was sent; of several with one name the last."""
    return {name: str(value) for name, value in (await request.form()).items()}


class FormValues:
    """The fields of a form, read one by one; what cannot be read is gathered.

    Parameters
    ----------
    fields
        As they were sent, by name.
    """

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        self.errors: list[FieldError] = []

    def text(self, name: str) -> str:
        """A text without blanks around it; empty where none was given."""
        return self.fields.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A civil day; None where none was given."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._refuse(name, text, "is no day", "a day such as 2026-11-02")
            return None

    def money(self, name: str, currency: str) -> int | None:
        """An amount in minor units of its currency; None where none was given."""
        text = self.text(name)
        number = self._number(name, text, "an amount such as 31.40")
        if number is None:
            return None
        cents = number.scaleb(minor_digits(currency))
        if cents != cents.to_integral_value() or abs(cents) > MOST:
            digits = minor_digits(currency)
            self._refuse(name, text, "is no amount of money", f"at most {digits} decimals")
            return None
        return int(cents)

    def minutes(self, name: str) -> int | None:
        """Hours, perhaps with decimals, as minutes; None where none were given."""
        text = self.text(name)
        number = self._number(name, text, "hours such as 37.5")
        if number is None:
            return None
        minutes = number * 60
        if minutes != minutes.to_integral_value() or abs(minutes) > MOST:
            self._refuse(name, text, "is no whole number of minutes", "hours such as 37.5")
            return None
        return int(minutes)

    def refuse_if_wrong(self) -> None:
        """Raise what was gathered, if anything.

        Raises
        ------
        InvalidInput
            With every field that could not be read.
        """
        if self.errors:
            raise InvalidInput(self.errors)

    def _number(self, name: str, text: str, hint: str) -> Decimal | None:
        if not text:
            return None
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
        self._refuse(name, text, "is no number", hint)
        return None

    def _refuse(self, name: str, text: str, problem: str, hint: str) -> None:
        self.errors.append(FieldError(name, text[:40], problem, hint))
