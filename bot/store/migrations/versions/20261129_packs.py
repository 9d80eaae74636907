"""packs of homework, found by their code

Revision: 20261129_packs, after 20261128_ended_reminders
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261129_packs"
down_revision = "20261128_ended_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("person.id", ondelete="CASCADE", name="fk_pack_person_id_person"),
            nullable=False,
        ),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
        sa.UniqueConstraint("code_hash", name="uq_pack_code_hash"),
    )
    op.create_index("ix_pack_person_id", "pack", ["person_id"])
    op.create_index("ix_pack_expires_at", "pack", ["expires_at"])


def downgrade() -> None:
    op.drop_table("pack")
