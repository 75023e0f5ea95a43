"""Tolerances, days of work over midnight, rounding; exact minutes beside rounded ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import column_types, row_security

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("time_tolerances", "day_rules", "rounding_settings")
TOLERANCES = (
    "early_in_minutes",
    "late_in_minutes",
    "early_out_minutes",
    "late_out_minutes",
    "break_minutes",
    "not_here_minutes",
    "no_show_minutes",
)
RULES = ("start", "end", "most", "midnight", "doba", "workday")


def upgrade() -> None:
    """Work belonged to the day of its start, nothing was rounded, and limits were in reports only."""
    op.add_column("timesheets", sa.Column("limits_checked_revision", sa.Integer(), nullable=True))
    op.add_column("time_entries", sa.Column("exact", column_types.Json, nullable=True))
    op.create_table(
        "time_tolerances",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in TOLERANCES),
        *_of_location("time_tolerances"),
        sa.UniqueConstraint("location_id", name=op.f("uq_time_tolerances_location_id")),
        sa.CheckConstraint("not_here_minutes <= no_show_minutes", name=op.f("ck_time_tolerances_no_show")),
    )
    op.create_table(
        "day_rules",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(*RULES, name="dayrule", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("workday_starts_minute", sa.Integer(), nullable=False),
        *_of_location("day_rules"),
        sa.UniqueConstraint("location_id", "starts_on", name=op.f("uq_day_rules_location_id_starts_on")),
        sa.CheckConstraint("workday_starts_minute BETWEEN 0 AND 1439", name=op.f("ck_day_rules_minute")),
    )
    op.create_table(
        "rounding_settings",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        *_of_location("rounding_settings"),
        sa.UniqueConstraint(
            "location_id", "starts_on", name=op.f("uq_rounding_settings_location_id_starts_on")
        ),
    )
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)


def _of_location(table: str) -> list[sa.Column[object] | sa.Constraint]:
    """A key, whose it is, and where it holds."""
    return [
        sa.Column("location_id", sa.Uuid(), nullable=False),
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
