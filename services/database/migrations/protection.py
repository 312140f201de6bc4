"""How a partnership's table is protected: forced row-level security and narrow grants.

A new table gets `protect(table)` and, if its rows are of a case, `close_by_conflict(table)`. What
another partnership may read of it is a policy of its own beside `z_ours`, made by `show`.

Migrations that were released call these functions: what one of them says to the database stays
(decision 0055). Where it must be said otherwise, that is a new function.
"""

from collections.abc import Mapping
from typing import Final

from alembic import op

from services.database.migrations.grants import PRIVILEGES
from services.database.migrations.roles import APP, BACKUP, SIGN_IN, WORKER
from services.database.signed_context import NONE_CHOSEN

# PostgreSQL joins permissive policies by OR in the reverse order of their names: the policy of a
# partnership's own rows is named last, so that it is asked first. The other way round 557,000 own
# rows were counted in 1,400 ms instead of 160.
OURS: Final = "z_ours"
USUAL: Final = {APP: "raw", WORKER: "r", BACKUP: "r"}
# `(select ...)` is asked once a statement, a bare call once a row.
_OURS: Final = "(tenant_id = (select sec.tenant()))"
_MINE: Final = f"((select sec.tenant()) = '{NONE_CHOSEN}' and person_id = (select sec.person()))"
_BLOCKED: Final = "{} = any ((select sec.blocked_cases())::uuid[])"


def protect(table: str, grants: Mapping[str, str] = USUAL) -> None:
    """Let the roles see and change only the rows of the partnership that the context names."""
    force(table)
    roles = ", ".join(role for role in grants if role not in {BACKUP, SIGN_IN})
    op.execute(f"create policy {OURS} on {table} to {roles} using {_OURS} with check {_OURS}")
    grant(table, grants)


def force(table: str) -> None:
    """Have row-level security hold on the table for every role, its owner's among them."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy backup_sees on {table} for select to {BACKUP} using (true)")


def grant(table: str, grants: Mapping[str, str]) -> None:
    """Grant each role what the letters say."""
    for role, letters in grants.items():
        words = ", ".join(PRIVILEGES[letter] for letter in letters)
        op.execute(f"grant {words} on {table} to {role}")


def withdraw(table: str, grants: Mapping[str, str]) -> None:
    """Take from each role what the letters say; the code of the release before does without it."""
    for role, letters in grants.items():
        words = ", ".join(PRIVILEGES[letter] for letter in letters)
        op.execute(f"revoke {words} on {table} from {role}")


def show(table: str, condition: str, *, name: str = "shown", roles: str = APP) -> None:
    """Let the roles also read, and only read, the rows that meet the condition."""
    if name >= OURS:
        raise ValueError(f"A policy named {name} would be asked before {OURS}.")
    op.execute(f"create policy {name} on {table} for select to {roles} using ({condition})")


def close_by_conflict(table: str, *, column: str = "case_id", except_for: str = "false") -> None:
    """Close the rows of a case to a person who declared a conflict in it, in every role (LC-02).

    The policy is restrictive: no other policy, that of joint reviews included, opens what it closes.
    """
    open_ = f"(({_BLOCKED.format(column)}) is not true or {except_for})"
    op.execute(
        f"create policy closed on {table} as restrictive to {APP} using {open_} with check {open_}"
    )


def keep_to_its_author(table: str) -> None:
    """Let nobody of the partnership see, change or add a row but in their own name.

    The policy is restrictive, so it holds beside that of the partnership's rows.
    """
    own = "person_id = (select sec.person())"
    op.execute(
        f"create policy own on {table} as restrictive to {APP} using ({own}) with check ({own})"
    )


def hide_what_is_marked(table: str, *hidden: str) -> None:
    """Hide what is marked police-sensitive from everybody whose seat is not listed.

    The policy is restrictive, so what others are shown is hidden as well; it opens and closes no
    adding: who adds to a marked section need not read it. Where nothing is hidden from the person,
    no row is asked about.
    """
    shown = " and ".join(f"({one}) is not true" for one in hidden)
    shown = f"(select sec.something_is_hidden()) is not true or {shown}"
    op.execute(
        f"create policy police on {table} as restrictive to {APP} using ({shown}) with check (true)"
    )


def open_the_door() -> None:
    """Let the sign-in role find a person, their roles and their sessions, and nothing else.

    Once a partnership is chosen it alone is seen: what somebody is elsewhere is nothing to it.
    """
    show("memberships", _MINE, name="mine", roles=SIGN_IN)
    mine = f"tenant_id in (select tenant_id from memberships where {_MINE})"  # noqa: S608 - no input
    show("partnerships", mine, name="mine", roles=SIGN_IN)
