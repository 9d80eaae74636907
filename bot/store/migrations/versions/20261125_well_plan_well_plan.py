"""a page for staying well

Revision: 20261125_well_plan, after 20261124_practice
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261125_well_plan"
down_revision = "20261124_practice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "well_plan",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_well_plan_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_well_plan")),
    )


def downgrade() -> None:
    op.drop_table("well_plan")
