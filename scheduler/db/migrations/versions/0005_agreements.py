"""Rule packs that organisations upload."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import column_types, row_security

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No organisation had a pack of its own before."""
    op.create_table(
        "agreements",
        sa.Column("pack_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=80), nullable=False),
        sa.Column("uploaded_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", column_types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_agreements_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint(
            "organisation_id",
            "pack_id",
            "number",
            name=op.f("uq_agreements_organisation_id_pack_id_number"),
        ),
    )
    op.create_index(op.f("ix_agreements_organisation_id"), "agreements", ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements(["agreements"]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
