"""The log of what was changed in published rosters: who, why, at what notice, with what consent and price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.rosters.change_prices import PricedChange, Why
from scheduler.rosters.models import Publication, RosterChange


def log_changes(
    session: Session, publication: Publication, priced: Iterable[PricedChange], why: Why | None
) -> list[RosterChange]:
    """Store each change of what people knew; nothing of it is ever changed.

    Raises
    ------
    InvalidInput
        Without a reason, where anything changes for anybody; for a cause or consent of a change that the
        publication does not make.
    """
    changes = list(priced)
    if not changes:
        return []
    if why is None:
        hint = "say why in a few words; it is kept with every change of what people know"
        raise InvalidInput([FieldError("reason", "", "a published roster is changed without a reason", hint)])
    _refuse_strangers(changes, why)
    rows = [_row(publication, each, why) for each in changes]
    session.add_all(rows)
    session.flush()
    return rows


def changes_of(session: Session, roster_id: UUID) -> Sequence[RosterChange]:
    """Every logged change of a roster, newest first."""
    query = select(RosterChange).where(RosterChange.roster_id == roster_id)
    return session.scalars(query.order_by(RosterChange.told_at.desc(), RosterChange.id)).all()


def _refuse_strangers(changes: Iterable[PricedChange], why: Why) -> None:
    known = {each.change.key for each in changes}
    hint = "employee and lineage of a change that the preview of the publication lists"
    errors = [
        FieldError("changes", f"{employee_id} {lineage_id}", "is not changed by this publication", hint)
        for employee_id, lineage_id in sorted({*why.causes, *why.consented} - known)
    ]
    if errors:
        raise InvalidInput(errors)


def _row(publication: Publication, each: PricedChange, why: Why) -> RosterChange:
    change = each.change
    return RosterChange(
        publication_id=publication.id,
        roster_id=publication.roster_id,
        employee_id=change.employee_id,
        lineage_id=change.known.lineage_id,
        day=change.day,
        before=change.before.as_json() if change.before else None,
        after=change.after.as_json() if change.after else None,
        told_at=publication.published_at,
        notice_minutes=each.notice_minutes,
        changed_by=publication.published_by,
        cause=each.cause,
        reason=why.reason.strip(),
        consented=each.consented,
        finding=each.late.as_dict() if each.late else None,
        **each.premium.columns(),
    )
