from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from scheduler.organisation.models import Organisation


def organisation(slug: str, created_at: datetime) -> Organisation:
    return Organisation(slug=slug, name=slug, created_at=created_at)


def test_a_naive_instant_is_refused(session: Session):
    session.add(organisation("a", datetime(2026, 1, 1)))  # noqa: DTZ001 - what is refused here
    with pytest.raises(StatementError, match="naive datetime"):
        session.flush()


def test_a_naive_instant_is_refused_in_a_question_too(session: Session):
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused here
    with pytest.raises(StatementError, match="naive datetime"):
        session.scalars(select(Organisation).where(Organisation.created_at < naive)).all()


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Warsaw")),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Warsaw")),
        datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-12))),
        datetime(1, 1, 2, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_as_itself_in_utc(session: Session, instant: datetime):
    session.add(organisation("a", instant))
    session.flush()
    session.expire_all()
    stored = session.scalars(select(Organisation.created_at)).one()
    assert stored == instant.astimezone(UTC)
    assert stored.utcoffset() == timedelta(0)


def test_instants_compare_by_when_they_are_and_not_by_how_they_are_written(session: Session):
    warsaw = ZoneInfo("Europe/Warsaw")
    first, second = (datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=warsaw) for fold in (0, 1))
    session.add_all([organisation("second", second), organisation("first", first)])
    session.flush()
    in_order = session.scalars(select(Organisation.slug).order_by(Organisation.created_at)).all()
    assert in_order == ["first", "second"]
    manila = first.astimezone(ZoneInfo("Asia/Manila"))
    assert session.scalars(select(Organisation.slug).where(Organisation.created_at == manila)).all() == [
        "first"
    ]
