"""Bonuses, payments, deductions, and what happened on days that punches do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Draft, Kind, Values, chunks
from scheduler.imports.kinds.people import minor_units
from scheduler.kernel.errors import InvalidInput
from scheduler.law.wages.work import BonusKind
from scheduler.pay.models import PayFact, PayFactKind
from scheduler.pay.record_pay_fact import MONEY, OF_PUNCH, NewPayFact, record_pay_facts

_PLACE_IN_LIST = re.compile(r"pay_facts\[(\d+)\]\.(\w+)")


class PayFacts(Kind):
    """What pay is worked out from besides punches."""

    name = "pay_facts"
    title = "Extra pay"
    about = (
        "A fact never changes once it is stored: a line that says something else under the same "
        "`external_id` is refused; wrong ones are taken back on the page `Extra pay`. Money counts at once, "
        "in the currency of the contract. Being called back and another rate are said of a punch, there too."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    KIND = Column("kind", forms.choice(PayFactKind), "what it is; not `called_back` and `other_rate`")
    DAY = Column("day", forms.DAY, "the day it is about, or is paid for")
    AMOUNT = Column("amount", forms.MONEY, "of money; else empty", required=False)
    EFFECT = Column(
        "effect", forms.choice(BonusKind), "of a bonus on overtime; empty: `nondiscretionary`", required=False
    )
    EARNED_FIRST = Column(
        "earned_first_day", forms.DAY, "of a bonus; empty: the workweek of the day", required=False
    )
    EARNED_LAST = Column("earned_last_day", forms.DAY, "last day on which it was earned", required=False)
    PAY_CODE = Column("pay_code", forms.CODE, "of money; empty: that of its kind", required=False)
    BREAKS = Column(
        "rest_breaks",
        forms.whole(0, 20, "breaks"),
        "paid rest breaks given, for `rests_given`",
        required=False,
    )
    REASON = Column("reason", forms.text(500), "why")
    EXTERNAL_ID = Column("external_id", forms.text(120), "your own name of it; the same one again is it")
    columns = (
        EMPLOYEE, KIND, DAY, AMOUNT, EFFECT, EARNED_FIRST, EARNED_LAST, PAY_CODE, BREAKS, REASON, EXTERNAL_ID,
    )  # fmt: skip
    model = PayFact
    key = ("external_id",)
    changeable = False

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One fact."""
        person, kind = book.person(line, self.EMPLOYEE), line[self.KIND]
        if kind in OF_PUNCH:
            line.refuse(self.KIND, "is said of a punch", "record it on the page Extra pay")
        amount, last = line.get(self.AMOUNT), line.get(self.EARNED_LAST)
        if amount is None and kind in MONEY:
            line.refuse(self.AMOUNT, "is empty", f"{kind.value} is money: give the amount")
        if person is None or line.bad:
            return
        effect = line.get(self.EFFECT) or (BonusKind.NONDISCRETIONARY if kind is PayFactKind.BONUS else None)
        # Decimals are those of the location's currency; the amount is in the contract's.
        currency = person.place.currency
        yield {
            "employee_id": person.id,
            "kind": kind,
            "day": line[self.DAY],
            "amount_cents": None if amount is None else minor_units(amount, currency),
            "effect": effect,
            "earned_from": line.get(self.EARNED_FIRST),
            "earned_until": last + timedelta(days=1) if last else None,
            "count": line.get(self.BREAKS),
            "external_id": line[self.EXTERNAL_ID],
        }

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """Only facts of the same names."""
        for ids in chunks([draft.values["external_id"] for draft in drafts]):
            yield PayFact.external_id.in_(ids)

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Record the facts; whoever may import may approve them."""
        new = [
            NewPayFact(
                **draft.values,
                pay_code=draft.line.get(self.PAY_CODE),
                reason=draft.line[self.REASON],
                source="import",
            )
            for draft in drafts
        ]
        try:
            record_pay_facts(session, new, may_approve=True, actor=actor)
        except InvalidInput as refusal:
            named: dict[str, Column[Any]] = {column.name: column for column in self.columns}
            named |= {"amount_cents": self.AMOUNT, "earned_from": self.EARNED_FIRST, "count": self.BREAKS}
            for error in refusal.errors:
                place = _PLACE_IN_LIST.match(error.field)
                draft = drafts[int(place[1]) if place else 0]
                field = place[2] if place else ""
                draft.line.refuse(named.get(field), error.problem, error.hint)
