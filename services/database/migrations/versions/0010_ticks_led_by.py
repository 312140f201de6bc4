"""Who leads a round stands in `led_by`: `leader` is renamed, its first two steps of three.

Expand: the new column, and a trigger that keeps the two the same whichever code writes. Backfill:
the few rows that are there. The contract step drops trigger and `leader` once no release that reads
it runs any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SAME = """
create function public.ticks_lead() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.leader is distinct from old.leader then
    new.led_by := new.leader;
  elsif tg_op = 'INSERT' and new.led_by = '' then
    new.led_by := new.leader;
  end if;
  new.leader := new.led_by;
  return new;
end $$;
revoke all on function public.ticks_lead() from public;
create trigger same_leader before insert or update on ticks
  for each row execute function public.ticks_lead();
"""


def upgrade() -> None:
    op.add_column("ticks", sa.Column("led_by", sa.String(), server_default="", nullable=False))
    op.alter_column("ticks", "leader", server_default="")
    op.execute(SAME)
    op.execute("update ticks set led_by = leader where led_by <> leader")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup to go back.")
