"""The rule packs that an organisation uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.law.library import load_own
from scheduler.law.models import AgreementRecord
from scheduler.law.pack import Pack
from scheduler.law.yaml_lines import PackError


def agreements(session: Session) -> Sequence[AgreementRecord]:
    """The latest version of each pack, withdrawn ones too, by pack."""
    latest = (
        select(AgreementRecord.pack_id, func.max(AgreementRecord.number).label("number"))
        .group_by(AgreementRecord.pack_id)
        .subquery()
    )
    same = (AgreementRecord.pack_id == latest.c.pack_id) & (AgreementRecord.number == latest.c.number)
    query = select(AgreementRecord).join(latest, same)
    return session.scalars(query.order_by(AgreementRecord.pack_id)).all()


def own_packs(session: Session) -> tuple[Pack, ...]:
    """The packs of the organisation that count now, each after those it stands on."""
    texts = tuple(each.text for each in agreements(session) if each.withdrawn_at is None)
    return _loaded(texts)[0] if texts else ()


def unusable_agreements(session: Session) -> tuple[str, ...]:
    """The first fault of each pack that was accepted once and cannot be loaded any more.

    What it stands on was withdrawn, or the law has become better than it.
    """
    texts = tuple(each.text for each in agreements(session) if each.withdrawn_at is None)
    return _loaded(texts)[1] if texts else ()


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
