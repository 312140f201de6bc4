"""How a partnership's table is protected: forced row-level security and narrow grants."""

from alembic import op

_OURS = "(tenant_id = (select nullif(current_setting('app.tenant', true), ''))::uuid)"
_NOBODYS = "(select nullif(current_setting('app.tenant', true), '')) is null"
_MINE = (
    f"({_NOBODYS} and person_id = (select nullif(current_setting('app.person', true), ''))::uuid)"
)


def protect(table: str, *, grants: str = "select, insert, update") -> None:
    """Let the application see and change only the rows of the partnership it acts for."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy ours on {table} using {_OURS} with check {_OURS}")
    op.execute(f"grant {grants} on {table} to keyline_app")


def show_own_memberships() -> None:
    """Let a person who has signed in find the partnerships they serve, before choosing one.

    Once one is chosen it alone is seen: what somebody is elsewhere is nothing to it.
    """
    op.execute(f"create policy mine on memberships for select using {_MINE}")
    op.execute(
        "create policy mine on partnerships for select using "  # noqa: S608 - no input in it
        f"(tenant_id in (select tenant_id from memberships where {_MINE}))"
    )
