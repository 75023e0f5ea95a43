"""Rows that can be added and never changed or removed, held by triggers on both databases."""

from __future__ import annotations

from collections.abc import Iterator

APPEND_ONLY = ("punches", "pay_lines", "audit_entries", "publications")
"""Tables that refuse UPDATE and DELETE."""

_FROZEN = "(SELECT state FROM roster_versions WHERE id = {row}.version_id) IN ('published', 'superseded')"

_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    "CREATE OR REPLACE FUNCTION refuse_published_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF (TG_OP <> 'INSERT' AND " + _FROZEN.format(row="OLD") + ") "
    "OR (TG_OP <> 'DELETE' AND " + _FROZEN.format(row="NEW") + ") "
    "THEN RAISE EXCEPTION 'a published version never changes'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER shifts_published BEFORE INSERT OR UPDATE OR DELETE ON shifts "
    "FOR EACH ROW EXECUTE FUNCTION refuse_published_change()",
)

_SQLITE = tuple(
    f"CREATE TRIGGER shifts_published_{verb.lower()} BEFORE {verb} ON shifts WHEN {_FROZEN.format(row=row)} "
    "BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
)


def statements(dialect: str) -> Iterator[str]:
    """The SQL that puts the triggers in place on ``sqlite`` or ``postgresql``."""
    yield from _POSTGRESQL if dialect == "postgresql" else _SQLITE
    for table in APPEND_ONLY:
        if dialect == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
