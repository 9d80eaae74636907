"""what a note is for

Revision: 20261127_purpose, after 20261127_homes
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261127_purpose"
down_revision = "20261127_homes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reflection") as reflection:
        reflection.add_column(sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reflection") as reflection:
        reflection.drop_column("purpose")
