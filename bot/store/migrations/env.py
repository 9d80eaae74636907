"""Runs migrations on the connection that `bot.store.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from bot.store import tables

target_metadata = SQLModel.metadata
_ = tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=target_metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
