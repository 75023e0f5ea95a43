"""Records for human resources as they were last handed out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import column_types, row_security

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "hr_records"
KINDS = ("worked_hours", "leave", "overtime", "contract_dates", "expiring_skills")


def upgrade() -> None:
    """Nothing was handed out before."""
    op.create_table(
        TABLE,
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="hrrecordkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("facts", column_types.Json, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_hr_records_span")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{TABLE}_{column}_{parent}"), ondelete="CASCADE"
            )
            for column, parent in (("location_id", "locations"), ("organisation_id", "organisations"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_records")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "location_id",
            "key",
            name=op.f("uq_hr_records_organisation_id_kind_location_id_key"),
        ),
    )
    op.create_index("ix_hr_records_sequence", TABLE, ["organisation_id", "kind", "sequence"])
    op.create_index(op.f("ix_hr_records_organisation_id"), TABLE, ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements([TABLE]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
