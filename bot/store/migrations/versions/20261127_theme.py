"""how a person wants pictures drawn

Revision: 20261127_theme, after 20261126_retention
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261127_theme"
down_revision = "20261126_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("theme")
