"""Kiosks of locations, and people's PINs for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import row_security

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """People punched on their own devices only, before."""
    _create(
        "kiosks",
        ("location_id", "locations"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kiosks_token_hash")),
    )
    op.create_index(op.f("ix_kiosks_location_id"), "kiosks", ["location_id"])
    _create(
        "kiosk_pins",
        ("employee_id", "employees"),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("employee_id", name=op.f("uq_kiosk_pins_employee_id")),
    )


def _create(table: str, of: tuple[str, str], *facts: sa.Column[object] | sa.UniqueConstraint) -> None:
    """A table of what belongs to a record of another table and ends with it."""
    op.create_table(
        table,
        sa.Column(of[0], sa.Uuid(), nullable=False),
        *facts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete="CASCADE"
            )
            for column, parent in (of, ("organisation_id", "organisations"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements([table]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
