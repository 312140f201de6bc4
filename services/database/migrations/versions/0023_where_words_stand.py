"""Indexes of the words of entries and of the names of children (decision 0114)."""

from pathlib import Path

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text())
    op.execute("create index entries_words on entries using gin (sec.words_of(tenant_id, command))")
    op.execute("create index children_names on children using gin (sec.name_keys(name))")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
