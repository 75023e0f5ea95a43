"""What a target calls people, pay codes and locations: reading the tables, and changing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.models import Location
from scheduler.payroll.models import MappingKind, PayrollMapping
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.rows import DIMENSIONS, MappedCode, Unit
from scheduler.payroll.targets import find_target, profile_of
from scheduler.people.models import Employee

LONGEST = 100
FIELDS_OF: Mapping[MappingKind, tuple[str, ...]] = {
    MappingKind.EMPLOYEE: ("number", *DIMENSIONS),
    MappingKind.PAY_CODE: ("code", "slot", "unit", "factor", "leave_out"),
    MappingKind.LOCATION: DIMENSIONS,
}
"""What each kind of mapping can say; ``leave_out`` is ``yes`` for a code that the target pays by itself."""


@dataclass(frozen=True, slots=True)
class Mappings:
    """Every mapping of a target.

    Parameters
    ----------
    codes
        Ours to theirs; None for a code that is left out on purpose.
    """

    people: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, MappedCode | None]
    places: Mapping[str, Mapping[str, str]]


def mappings_of(session: Session, target_id: UUID) -> list[PayrollMapping]:
    """The mappings of a target, by kind and by what is ours."""
    query = select(PayrollMapping).where(PayrollMapping.target_id == target_id)
    return list(session.scalars(query.order_by(PayrollMapping.kind, PayrollMapping.ours)))


def read_mappings(session: Session, target_id: UUID) -> Mappings:
    """The mappings of a target, ready to be used."""
    people, codes, places = {}, {}, {}
    for each in mappings_of(session, target_id):
        if each.kind is MappingKind.EMPLOYEE:
            people[each.ours] = each.theirs
        elif each.kind is MappingKind.LOCATION:
            places[each.ours] = each.theirs
        else:
            codes[each.ours] = mapped_code(each.theirs)
    return Mappings(people, codes, places)


def mapped_code(theirs: Mapping[str, Any]) -> MappedCode | None:
    """A pay code's mapping as it is stored; None where it is left out."""
    if theirs.get("leave_out"):
        return None
    factor = Decimal(theirs.get("factor") or "1")
    return MappedCode(theirs["code"], theirs.get("slot") or "", Unit(theirs.get("unit") or "hours"), factor)


def save_mappings(
    session: Session, target_id: UUID, kind: MappingKind, rows: Iterable[Mapping[str, str]], *, actor: str
) -> list[PayrollMapping]:
    """All mappings of one kind, put in place of those there were.

    Parameters
    ----------
    rows
        Each with ``ours`` and the names of `FIELDS_OF`; what is empty is left out.

    Raises
    ------
    InvalidInput
        With every value that cannot be accepted.
    SchedulerError
        ``payroll_target_not_found``.
    """
    target = find_target(session, target_id)
    given = [{name: value.strip() for name, value in row.items() if value.strip()} for row in rows]
    profile, _ = profile_of(session, target)
    if found := [*_faults(kind, given, profile), *_unknown(session, kind, given)]:
        raise InvalidInput(found)
    old = {each.ours: each.theirs for each in mappings_of(session, target_id) if each.kind is kind}
    session.execute(
        delete(PayrollMapping).where(PayrollMapping.target_id == target_id, PayrollMapping.kind == kind)
    )
    saved = [
        PayrollMapping(
            target_id=target_id,
            kind=kind,
            ours=row["ours"],
            theirs={k: v for k, v in row.items() if k != "ours"},
        )
        for row in given
    ]
    session.add_all(saved)
    session.flush()
    new = {each.ours: each.theirs for each in saved}
    changed = sorted(ours for ours in old.keys() | new.keys() if old.get(ours) != new.get(ours))
    facts = {"kind": kind.value, "changed": changed[:50], "count": len(changed)}
    record(session, actor, "payroll_mapping.save", "payroll_target", target_id, **facts)
    return saved


def _unknown(session: Session, kind: MappingKind, rows: list[dict[str, str]]) -> Iterator[FieldError]:
    """Rows for people or locations that we do not have; a pay code may be mapped before it is used."""
    if kind is MappingKind.PAY_CODE:
        return
    name = Employee.number if kind is MappingKind.EMPLOYEE else Location.code
    ours = set(session.scalars(select(name)))
    what = "is nobody's number" if kind is MappingKind.EMPLOYEE else "is no location's code"
    for number, row in enumerate(rows):
        if row.get("ours") and row["ours"] not in ours:
            yield FieldError(
                f"mappings[{number}].ours", row["ours"], what, "one of ours, as it is written here"
            )


def _faults(kind: MappingKind, rows: list[dict[str, str]], profile: Profile) -> Iterator[FieldError]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        where, ours = f"mappings[{number}]", row.get("ours", "")
        if not ours or len(ours) > 80 or not ours.isprintable():
            yield FieldError(f"{where}.ours", ours, "must be one of our own names", "1 to 80 characters")
        if ours in seen:
            yield FieldError(f"{where}.ours", ours, "stands here twice", "one row for each")
        seen.add(ours)
        for name, value in row.items():
            if name not in ("ours", *FIELDS_OF[kind]):
                known = ", ".join(FIELDS_OF[kind])
                yield FieldError(f"{where}.{name}", value, "is not part of this mapping", f"one of {known}")
            elif len(value) > LONGEST or not value.isprintable():
                yield FieldError(
                    f"{where}.{name}", value[:LONGEST], "is too long, or has odd characters", "one short line"
                )
        if kind is MappingKind.PAY_CODE:
            yield from _code_faults(row, where, profile)


def _code_faults(row: Mapping[str, str], where: str, profile: Profile) -> Iterator[FieldError]:
    if row.get("leave_out"):
        return
    if not row.get("code"):
        hint = "the target's code, or leave_out: yes for what it pays by itself"
        yield FieldError(f"{where}.code", "(none)", "is missing", hint)
    if profile.slots and row.get("slot", "") not in profile.slots:
        yield FieldError(
            f"{where}.slot", row.get("slot", "(none)"), "is no slot of the profile", ", ".join(profile.slots)
        )
    if row.get("unit", "hours") not in tuple(Unit):
        yield FieldError(f"{where}.unit", row["unit"], "is no unit", ", ".join(Unit))
    try:
        factor = Decimal(row.get("factor", "1"))
        is_wrong = not factor.is_finite() or not Decimal("-1000") <= factor <= Decimal("1000") or factor == 0
    except DecimalException:
        is_wrong = True
    if is_wrong:
        yield FieldError(
            f"{where}.factor", row.get("factor", ""), "is no factor", "a number such as 1.5, up to 1000"
        )
