"""Punches from elsewhere than where the location wants them, as remarks that a person looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.kernel.clock import as_utc, local_day
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import PlaceDecision, PunchKind
from scheduler.timekeeping.pairing import Clocking

REMARKED = {
    PlaceDecision.OUTSIDE: ExceptionCode.OUTSIDE_PLACE,
    PlaceDecision.UNKNOWN: ExceptionCode.PLACE_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A punch, and what was decided on where it came from.

    Parameters
    ----------
    metres
        From its position to the centre of the geofence; None where either is not known.
    """

    clocking: Clocking
    decision: PlaceDecision | None
    metres: int | None


def place_remarks(punches: Iterable[Placed]) -> Iterator[TimeException]:
    """A remark on each punch from outside, or from nobody knows where, that was not taken back."""
    punches = list(punches)
    voided = {each.clocking.voids_id for each in punches}
    for each in punches:
        one = each.clocking
        code = REMARKED.get(each.decision) if each.decision else None
        if code is None or one.kind is PunchKind.VOID or one.id in voided:
            continue
        facts = {"punch_id": str(one.id), "kind": one.kind.value, "metres": each.metres}
        yield TimeException(code, local_day(one.at, one.zone), as_utc(one.at), facts=facts)
