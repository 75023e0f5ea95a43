"""The rule packs that an organisation uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.law.library import layers_of, load_own
from scheduler.law.models import AgreementRecord
from scheduler.law.pack import Pack
from scheduler.law.yaml_lines import PackError


def layers_in(session: Session, jurisdiction: str, *, at: datetime | None = None) -> tuple[Pack, ...]:
    """The law of a place for the organisation: its own packs that stand on it, then those that ship.

    Whatever is planned, checked, priced or paid at a location asks here which law holds.

    Parameters
    ----------
    jurisdiction
        Of the location; a place without a pack has no law here, and no agreement can stand on it.
    at
        As for `own_packs`.
    """
    return layers_of(jurisdiction, own_packs(session, at=at))


def agreements(session: Session, *, at: datetime | None = None) -> Sequence[AgreementRecord]:
    """The latest version of each pack known now, or on an instant, withdrawn ones too, by pack."""
    known = select(AgreementRecord.pack_id, func.max(AgreementRecord.number).label("number"))
    if at is not None:
        known = known.where(AgreementRecord.uploaded_at <= at)
    latest = known.group_by(AgreementRecord.pack_id).subquery()
    same = (AgreementRecord.pack_id == latest.c.pack_id) & (AgreementRecord.number == latest.c.number)
    query = select(AgreementRecord).join(latest, same)
    return session.scalars(query.order_by(AgreementRecord.pack_id)).all()


def own_packs(session: Session, *, at: datetime | None = None) -> tuple[Pack, ...]:
    """The packs of the organisation that count, each after those it stands on.

    Parameters
    ----------
    at
        An instant to look back at: what was uploaded by then and not withdrawn yet. None is now.
    """
    texts = _texts(session, at)
    return _loaded(texts)[0] if texts else ()


def unusable_agreements(session: Session, *, at: datetime | None = None) -> tuple[str, ...]:
    """The first fault of each pack that was accepted once and cannot be loaded any more.

    What it stands on was withdrawn, or the law has become better than it.
    """
    texts = _texts(session, at)
    return _loaded(texts)[1] if texts else ()


def _texts(session: Session, at: datetime | None) -> tuple[str, ...]:
    """The packs that count, as they were uploaded."""
    return tuple(each.text for each in agreements(session, at=at) if _counts(each, at))


def _counts(record: AgreementRecord, at: datetime | None) -> bool:
    return record.withdrawn_at is None or (at is not None and at < record.withdrawn_at)


@lru_cache(maxsize=64)
def _loaded(texts: tuple[str, ...]) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    """Packs from their texts, each after those it stands on, and the first fault of each that is none."""
    found: list[Pack] = []
    waiting = list(texts)
    faults: list[str] = []
    while waiting:
        still, faults = [], []
        for text in waiting:
            try:
                found.append(load_own(text, file_name(text), found))
            except PackError as error:
                still.append(text)
                faults.append(error.faults[0])
        if len(still) == len(waiting):
            break
        waiting = still
    return tuple(found), tuple(faults)


def file_name(text: str) -> str:
    """The name a pack's file must have, by its first ``pack:`` line."""
    for line in text.splitlines():
        if line.startswith("pack:"):
            return f"{line.removeprefix('pack:').strip()}.yaml"
    return "agreement.yaml"
