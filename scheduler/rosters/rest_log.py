"""The log of short rests in published rosters: whose, at what notice, with what consent and price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import minutes_between
from scheduler.rosters.models import Publication, Roster, ShortRest
from scheduler.rosters.premiums import Premium
from scheduler.rosters.short_rests import PricedRest, RestKey


@dataclass(frozen=True, slots=True)
class RestNews:
    """What a publication changes in the short rests that people know of.

    Parameters
    ----------
    new
        Those that nobody was told of yet, or that cost something else now.
    gone
        The last row of each that is there no more.
    """

    new: tuple[PricedRest, ...] = ()
    gone: tuple[ShortRest, ...] = ()

    @property
    def premiums(self) -> list[Premium]:
        """What the new ones cost."""
        return [each.premium for each in self.new]


def rest_news(session: Session, roster: Roster, rests: Iterable[PricedRest]) -> RestNews:
    """The short rests of a version against those that were made known of the roster."""
    known = {_key(row): row for row in standing_rests(session, roster)}
    found = {rest.key: rest for rest in rests}
    return RestNews(
        tuple(rest for key, rest in found.items() if key not in known or not _same(known[key], rest)),
        tuple(row for key, row in known.items() if key not in found),
    )


def log_rests(
    session: Session, publication: Publication, news: RestNews, reason: str | None
) -> list[ShortRest]:
    """Store each new short rest, and that others are there no more; nothing of it is ever changed."""
    rows = [_row(publication, each, reason) for each in news.new]
    rows += [_ended(publication, each, reason) for each in news.gone]
    session.add_all(rows)
    session.flush()
    return rows


def standing_rests(session: Session, roster: Roster) -> Sequence[ShortRest]:
    """The last row of each short rest before or after work of a roster, where it is still there."""
    latest = last_rows()
    touches = or_(ShortRest.before_roster_id == roster.id, ShortRest.roster_id == roster.id)
    query = latest.where(touches, ShortRest.rest_minutes.is_not(None))
    return session.scalars(query.order_by(ShortRest.day, ShortRest.id)).all()


def rests_of(session: Session, roster: Roster) -> Sequence[ShortRest]:
    """Every logged row of short rests before or after work of a roster, newest first."""
    touches = or_(ShortRest.before_roster_id == roster.id, ShortRest.roster_id == roster.id)
    query = select(ShortRest).where(touches).order_by(ShortRest.told_at.desc(), ShortRest.id)
    return session.scalars(query).all()


def last_rows() -> Select[ShortRest]:
    """A query for the last row of each person and pair of shifts."""
    key = (ShortRest.employee_id, ShortRest.before_lineage_id, ShortRest.lineage_id)
    last = select(*key, func.max(ShortRest.told_at).label("told_at")).group_by(*key).subquery()
    return select(ShortRest).join(
        last,
        (ShortRest.employee_id == last.c.employee_id)
        & (ShortRest.before_lineage_id == last.c.before_lineage_id)
        & (ShortRest.lineage_id == last.c.lineage_id)
        & (ShortRest.told_at == last.c.told_at),
    )


def _key(row: ShortRest) -> RestKey:
    return row.employee_id, row.before_lineage_id, row.lineage_id


def _same(row: ShortRest, rest: PricedRest) -> bool:
    """Whether what was told is still true: when, how short, at what price."""
    times = (rest.before.ends_at.isoformat(), rest.after.starts_at.isoformat())
    told = (row.before["ends_at"], row.after["starts_at"])
    code = rest.premium.line.code.lower() if rest.premium.line else None
    return told == times and (row.pay_code, row.premium_cents) == (code, rest.premium.cents)


def _row(publication: Publication, rest: PricedRest, reason: str | None) -> ShortRest:
    return ShortRest(
        publication_id=publication.id,
        before_roster_id=rest.before_roster_id,
        roster_id=rest.roster_id,
        employee_id=rest.employee_id,
        before_lineage_id=rest.before.lineage_id,
        lineage_id=rest.after.lineage_id,
        day=rest.day,
        before=rest.before.as_json(),
        after=rest.after.as_json(),
        rest_minutes=rest.rest_minutes,
        due_minutes=rest.due_minutes,
        told_at=publication.published_at,
        notice_minutes=max(0, minutes_between(publication.published_at, rest.after.starts_at)),
        changed_by=publication.published_by,
        reason=reason,
        consented=rest.consented,
        **rest.premium.columns(),
    )


def _ended(publication: Publication, row: ShortRest, reason: str | None) -> ShortRest:
    """That a rest is there no more; nothing is due for it any longer."""
    names = ("before_roster_id", "roster_id", "employee_id", "before_lineage_id", "lineage_id", "day")
    kept = {name: getattr(row, name) for name in (*names, "before", "after", "due_minutes", "consented")}
    return ShortRest(
        publication_id=publication.id,
        rest_minutes=None,
        told_at=publication.published_at,
        notice_minutes=0,
        changed_by=publication.published_by,
        reason=reason,
        **kept,
    )
