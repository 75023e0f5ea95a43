"""Upload an organisation's own agreement: what it would change, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.agreements import file_name, own_packs
from scheduler.law.comparison import Difference, differences
from scheduler.law.library import layers_of, load_own
from scheduler.law.models import AgreementRecord
from scheduler.law.pack import Pack
from scheduler.law.subject import LawSubject
from scheduler.law.yaml_lines import PackError
from scheduler.organisation.models import Location


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What a pack changes at one location, for an adult there today."""

    location: Location
    day: date
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class AgreementPreview:
    """A pack that may be kept, and what it changes; locations where it counts not at all are left out."""

    pack: Pack
    places: tuple[PlaceChange, ...]


def preview_agreement(session: Session, text: str) -> AgreementPreview:
    """What keeping a pack would change; stores nothing.

    Raises
    ------
    InvalidInput
        With every fault of the file and its line.
    """
    own = own_packs(session)
    pack = _loaded(text, own)
    others = [each for each in own if each.id != pack.id]
    places = []
    for location in session.scalars(select(Location).order_by(Location.name)):
        after = layers_of(location.jurisdiction, [*others, pack])
        if pack not in after:
            continue
        day = local_day(utc_now(), zone_named(location.zone))
        adult = LawSubject(id="adult", sector=location.sector or "")
        found = differences(layers_of(location.jurisdiction, own), after, adult, day)
        places.append(PlaceChange(location, day, tuple(found)))
    return AgreementPreview(pack, tuple(places))


def save_agreement(session: Session, text: str, *, actor: str) -> AgreementRecord:
    """The next version of a pack of the organisation; rosters are planned and checked under it from now on.

    Raises
    ------
    InvalidInput
        With every fault of the file and its line.
    """
    pack = _loaded(text, own_packs(session))
    last = select(func.max(AgreementRecord.number)).where(AgreementRecord.pack_id == pack.id)
    kept = AgreementRecord(
        pack_id=pack.id,
        number=(session.scalar(last) or 0) + 1,
        title=pack.title,
        text=text,
        uploaded_by=actor,
        uploaded_at=utc_now(),
    )
    session.add(kept)
    session.flush()
    facts = {"pack": pack.id, "number": kept.number, "sha256": pack.sha256}
    record(session, actor, "agreement.save", "agreement", kept.id, **facts)
    return kept


def withdraw_agreement(session: Session, agreement_id: UUID, *, actor: str) -> AgreementRecord:
    """A version that counts no longer; nothing is removed.

    Raises
    ------
    SchedulerError
        ``agreement_not_found``; ``agreement_withdrawn`` if that was done before.
    """
    found = session.get(AgreementRecord, agreement_id)
    if found is None:
        raise SchedulerError("agreement_not_found", agreement_id=str(agreement_id))
    if found.withdrawn_at is not None:
        raise SchedulerError("agreement_withdrawn", withdrawn_at=found.withdrawn_at.isoformat())
    found.withdrawn_at = utc_now()
    session.flush()
    record(session, actor, "agreement.withdraw", "agreement", found.id, pack=found.pack_id)
    return found


def _loaded(text: str, own: tuple[Pack, ...]) -> Pack:
    name = file_name(text)
    others = [each for each in own if f"{each.id}.yaml" != name]
    try:
        return load_own(text, name, others)
    except PackError as error:
        hint = "correct the file and send it again; docs/how-to-write-a-law-pack.md tells its form"
        faults = [_field_error(fault, hint) for fault in error.faults]
        raise InvalidInput(faults) from error


def _field_error(fault: str, hint: str) -> FieldError:
    return FieldError("text", fault.partition(": ")[0], fault.partition(": ")[2] or fault, hint)
