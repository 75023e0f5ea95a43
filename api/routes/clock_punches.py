"""Punches of time clocks, judged one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError

from api.errors import explain, field_error_json
from api.field_errors import field_error, printable
from api.permissions import Access, allow
from api.schemas.base import FieldProblem
from api.schemas.clock_punches import BatchAnswer, ClockBatch, ClockPunchSent, PunchAnswer
from api.transaction import WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.clock_devices import note_seen
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.clock_batch import Answer, ClockPunch, Outcome, record_each
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.phone_punch import offset_seconds

router = APIRouter(prefix="/v1/clock", tags=["punches"])

MAY_DIFFER_SECONDS = 60


@router.post("/punches", summary="Send punches of a time clock")
def post_clock_punches(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_IMPORT))],
    session: WriteSession,
    body: ClockBatch,
) -> BatchAnswer:
    """Each punch is accepted, known already, or refused with what would do; a bad one never loses the others.

    They may be up to 31 days old and come in any order and again. A time clock sends with its own key
    (`Bearer mkc_...`) and punches at its location; an API key names the location of each. 409
    `punch_conflict` only if somebody else stored one of them at the same moment: send it all again.
    """
    now = utc_now()
    device_id = access.principal.device_id
    offset = offset_seconds(body.sent_at, now)
    if device_id is not None:
        note_seen(session, device_id, now=now, clock_offset_seconds=offset)
    read = [_read(access, each) for each in body.punches]
    good = [each for each in read if isinstance(each, ClockPunch)]
    source = "device" if device_id is not None else "api"
    answers = iter(record_each(session, good, source=source, actor=access.actor, clock_offset_seconds=offset))
    results = [
        _told(index, sent, each if isinstance(each, Answer) else next(answers))
        for index, (sent, each) in enumerate(zip(body.punches, read, strict=True))
    ]
    outcomes = [each.outcome for each in results]
    return BatchAnswer(
        received_at=now,
        clock_offset_seconds=offset,
        clock_warning=_warning(offset),
        accepted=outcomes.count(Outcome.ACCEPTED),
        duplicates=outcomes.count(Outcome.DUPLICATE),
        refused=outcomes.count(Outcome.REFUSED),
        results=results,
    )


def _read(access: Access, sent: object) -> ClockPunch | Answer:
    """The punch that was sent, or why it is none."""
    try:
        punch = ClockPunchSent.model_validate(sent)
    except ValidationError as error:
        errors = tuple(field_error(each, sent) for each in error.errors())
        return Answer(Outcome.REFUSED, errors=errors)
    location_id = punch.location_id or access.principal.scoped_to
    if location_id is None:
        missing = FieldError("location_id", "(none)", "Field required", "the id of the location of the punch")
        return Answer(Outcome.REFUSED, errors=(missing,))
    if not access.reach.covers(location_id):
        refusal = SchedulerError("outside_reach", permission=access.permission.value)
        return Answer(Outcome.REFUSED, refusal=refusal)
    return ClockPunch(
        at=punch.at,
        kind=PunchKind(punch.kind),
        external_id=punch.external_id,
        location_id=location_id,
        employee_id=punch.employee_id,
        employee_number=punch.employee_number,
        job_role_id=punch.job_role_id,
    )


def _told(index: int, sent: object, answer: Answer) -> PunchAnswer:
    refusal = answer.refusal or (InvalidInput(answer.errors) if answer.errors else None)
    explained = explain(refusal) if refusal is not None else None
    named = sent.get("external_id") if isinstance(sent, Mapping) else None
    return PunchAnswer(
        index=index,
        external_id=printable(named) if isinstance(named, str) else None,
        outcome=answer.outcome,
        punch_id=answer.punch_id,
        code=explained.code if explained else None,
        detail=(explained.title if answer.errors else explained.detail) if explained else None,
        errors=_problems(answer.errors),
    )


def _problems(errors: Sequence[FieldError]) -> list[FieldProblem]:
    return [FieldProblem.model_validate(field_error_json(error)) for error in errors]


def _warning(offset: int | None) -> str | None:
    if offset is None or abs(offset) <= MAY_DIFFER_SECONDS:
        return None
    side = "ahead of" if offset > 0 else "behind"
    return f"This clock is {abs(offset)} seconds {side} ours: set it by a time server."
