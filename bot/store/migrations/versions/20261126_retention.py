"""when a person was told that their data will be erased

Revision: 20261126_retention, after 20261125_well_plan
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261126_retention"
down_revision = "20261125_well_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("warned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index("ix_person_last_seen_at", "person", ["last_seen_at"])


def downgrade() -> None:
    op.drop_index("ix_person_last_seen_at", "person")
    with op.batch_alter_table("person") as person:
        person.drop_column("warned_at")
