"""What people decided on the exceptions of timesheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "exception_decisions"


def upgrade() -> None:
    """Nobody decided on a single exception before."""
    op.create_table(
        TABLE,
        sa.Column("timesheet_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("at", column_types.UtcDateTime(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "corrected",
                name="exceptionoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["timesheet_id"],
            ["timesheets.id"],
            name=op.f(f"fk_{TABLE}_timesheet_id_timesheets"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f(f"fk_{TABLE}_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("timesheet_id", "organisation_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    dialect = op.get_bind().dialect.name
    for statement in append_only.guards(dialect, (TABLE,)):
        op.execute(statement)
    if dialect == "postgresql":
        for statement in row_security.statements([TABLE]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
