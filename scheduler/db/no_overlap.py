"""Nobody is in two places at once: the database forbids that one employee's published shifts overlap."""

from __future__ import annotations

from collections.abc import Iterator


def statements(dialect: str) -> Iterator[str]:
    """The SQL that forbids overlapping calendar entries that are not cancelled.

    Notes
    -----
    PostgreSQL checks at commit (a deferred exclusion constraint); SQLite checks each row as it is written, so
    a writer cancels before it moves.
    """
    if dialect == "postgresql":
        yield "CREATE EXTENSION IF NOT EXISTS btree_gist"
        yield (
            "ALTER TABLE calendar_entries ADD CONSTRAINT ex_calendar_entries_overlap EXCLUDE USING gist "
            "(employee_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (NOT cancelled) "
            "DEFERRABLE INITIALLY DEFERRED"
        )
        return
    for verb in ("INSERT", "UPDATE"):
        yield (
            f"CREATE TRIGGER calendar_entries_overlap_{verb.lower()} BEFORE {verb} ON calendar_entries "
            "WHEN NOT NEW.cancelled AND EXISTS (SELECT 1 FROM calendar_entries AS other "
            "WHERE other.employee_id = NEW.employee_id AND other.id <> NEW.id AND NOT other.cancelled "
            "AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at) "
            "BEGIN SELECT RAISE(ABORT, 'calendar entries of one employee overlap'); END"
        )
