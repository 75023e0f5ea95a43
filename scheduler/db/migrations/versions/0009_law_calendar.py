"""Settlement periods and school terms of locations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import row_security

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody said before how working time is settled, or when there is school."""
    _create(
        "settlement_periods",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.CheckConstraint("months BETWEEN 1 AND 12", name=op.f("ck_settlement_periods_months")),
    )
    _create(
        "school_terms",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_school_terms_span")),
    )


def _create(table: str, *facts: sa.Column[object] | sa.CheckConstraint) -> None:
    """A table of facts about locations, one row for each first day."""
    op.create_table(
        table,
        sa.Column("location_id", sa.Uuid(), nullable=False),
        *facts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete="CASCADE"
            )
            for column, parent in (("location_id", "locations"), ("organisation_id", "organisations"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("location_id", "starts_on", name=op.f(f"uq_{table}_location_id_starts_on")),
    )
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements([table]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
