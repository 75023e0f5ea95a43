"""Where punches come from, transfers, places where people punch, time clocks that send punches."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from scheduler.db import append_only, column_types, row_security

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = "'in', 'out', 'break_start', 'break_end', 'transfer', 'void'"


def upgrade() -> None:
    """Of punches that are there it is not known where they came from; all work was in people's own jobs."""
    dialect = op.get_bind().dialect.name
    widen_punches(dialect)
    with op.batch_alter_table(
        "time_entries", recreate="always" if dialect == "sqlite" else "never"
    ) as entries:
        entries.add_column(sa.Column("job_role_id", sa.Uuid(), nullable=True))
        _job(entries, "time_entries")
    create_places()
    create_devices()
    if dialect == "sqlite":
        for statement in append_only.guards(dialect, ("punches",)):
            op.execute(statement)
    else:
        for statement in row_security.statements(("punch_places", "clock_devices")):
            op.execute(statement)


def widen_punches(dialect: str) -> None:
    """SQLite builds the table anew."""
    decided = sa.Enum(
        "inside", "outside", "unknown",
        name="placedecision", native_enum=False, create_constraint=True, length=32,
    )  # fmt: skip
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("job_role_id", sa.Uuid(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_metres", sa.Integer(), nullable=True),
        sa.Column("network", sa.String(length=45), nullable=True),
        sa.Column("place_decision", decided, nullable=True),
        sa.Column("place_distance_metres", sa.Integer(), nullable=True),
        sa.Column("place_rule", column_types.Json, nullable=True),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=True),
    )
    kinds = op.f("ck_punches_punchkind")
    with op.batch_alter_table("punches", recreate="always" if dialect == "sqlite" else "never") as punches:
        punches.drop_constraint(kinds, type_="check")
        punches.create_check_constraint(kinds, f"kind IN ({KINDS})")
        for column in columns:
            punches.add_column(column)
        _job(punches, "punches")


def _job(table: BatchOperations, name: str) -> None:
    table.create_foreign_key(
        op.f(f"fk_{name}_job_role_id_job_roles"), "job_roles", ["job_role_id"], ["id"], ondelete="RESTRICT"
    )


def create_places() -> None:
    """Nobody was asked before where he is."""
    mode = sa.Enum(
        "off", "tell", "refuse", name="placemode", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "punch_places",
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("mode", mode, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("radius_metres", sa.Integer(), nullable=True),
        sa.Column("networks", column_types.Json, nullable=False),
        *_owned("punch_places"),
        sa.UniqueConstraint("location_id", name=op.f("uq_punch_places_location_id")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (radius_metres IS NULL)",
            name=op.f("ck_punch_places_centre"),
        ),
    )
    op.create_index(op.f("ix_punch_places_organisation_id"), "punch_places", ["organisation_id"])


def create_devices() -> None:
    """Time clocks sent punches with keys of the whole organisation, before."""
    op.create_table(
        "clock_devices",
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", column_types.UtcDateTime(), nullable=True),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=True),
        sa.Column("revoked_at", column_types.UtcDateTime(), nullable=True),
        *_owned("clock_devices"),
        sa.UniqueConstraint("key_hash", name=op.f("uq_clock_devices_key_hash")),
    )
    for column in ("location_id", "organisation_id"):
        op.create_index(op.f(f"ix_clock_devices_{column}"), "clock_devices", [column])


def _owned(table: str) -> list[sa.Column[object] | sa.Constraint]:
    """A key, and whose it is."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete="CASCADE"
            )
            for column, parent in (("location_id", "locations"), ("organisation_id", "organisations"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
