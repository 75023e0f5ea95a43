"""Who approves: by what right, for whom, and whose timesheets he may not decide on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.delegations import Lent, lent_to, own_reach
from scheduler.organisation.models import Account
from scheduler.organisation.permissions import Reach
from scheduler.timekeeping.models import Timesheet


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody whom the gate let in to approve.

    Parameters
    ----------
    employee_id
        Who he is among the employees, if anybody.
    own
        Where he may approve by his own roles.
    lent
        Rights that were lent to him, today.
    """

    actor: str
    employee_id: UUID | None
    own: Reach
    lent: Sequence[Lent]

    def acts_for(self, sheet: Timesheet) -> str | None:
        """``user:<id>`` of whoever lent the right that an approval of the timesheet rests on, or None.

        Raises
        ------
        SchedulerError
            ``own_timesheet`` for his own one, and for the one of whoever lent him the right: nobody approves
            his own hours, nor by a stand-in.
        """
        if self.employee_id == sheet.employee_id:
            raise SchedulerError(
                "own_timesheet", timesheet_id=str(sheet.id), hint="somebody else has to do it"
            )
        givers = [each for each in self.lent if each.location_id == sheet.location_id]
        if self.own.covers(sheet.location_id) or not givers:
            return None
        for each in givers:
            if each.employee_id != sheet.employee_id:
                return f"user:{each.giver_id}"
        raise SchedulerError(
            "own_timesheet",
            timesheet_id=str(sheet.id),
            hint="it is the timesheet of whoever lent you the right: somebody else has to do it",
        )


def approver(session: Session, actor: str) -> Approver:
    """The approver that an actor is; what is no account acts by its own right."""
    kind, _, key = actor.partition(":")
    account = session.get(Account, UUID(key)) if kind == "user" else None
    if account is None:
        return Approver(actor, None, Reach(everywhere=True), ())
    lent = lent_to(session, account.id, now=utc_now())
    return Approver(actor, account.employee_id, own_reach(account), lent)
