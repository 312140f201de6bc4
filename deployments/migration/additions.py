"""What a migration holds beside Alembic's own lines: protection, grants, checks, defaults."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations import ops
from sqlalchemy import CheckConstraint, Column, DefaultClause, Table, text

from services.database.migrations.grants import OF_NO_PARTNERSHIP, OF_PARTNERSHIP
from services.domain.errors import Unavailable

Grants = Mapping[str, str]
_IMPORTED: Final = "from services.database.migrations.protection import {}"


class ProtectionCall(ops.MigrateOperation):
    """One line that calls a function of `protection.py`, with what a reader must still decide."""

    def __init__(self, function: str, table: str, *grants: Grants, note: str = "") -> None:
        said = ", ".join([repr(table), *(repr(dict(each)) for each in grants)])
        self.function, self.note = function, note
        self.line = f"{function}({said})"

    def reverse(self) -> ops.MigrateOperation:
        """Refuse: migrations go forward only."""
        raise NotImplementedError

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Return the line as Alembic lists differences."""
        return (self.function, self.line)


@renderers.dispatch_for(ProtectionCall)
def _render(context: AutogenContext, call: ProtectionCall) -> list[str]:
    context.imports.add(_IMPORTED.format(call.function))
    return [f"# {call.note}", call.line] if call.note else [call.line]


def additions(
    checks: Iterable[CheckConstraint], held: Mapping[str, Grants]
) -> Callable[[Any, Any, list[ops.MigrationScript]], None]:
    """Return what adds to Alembic's script: these checks, and grants that differ from those held.

    Where nothing differs, no script is left.
    """

    def add(_context: object, _revision: object, scripts: list[ops.MigrationScript]) -> None:
        upgrade = scripts[0].upgrade_ops
        if upgrade is None:
            return
        made = [each for each in upgrade.ops if isinstance(each, ops.CreateTableOp)]
        for each in upgrade.ops:
            if isinstance(each, ops.ModifyTableOps):
                _fill_rows_that_are_there(each)
        upgrade.ops += [ops.CreateCheckConstraintOp.from_constraint(check) for check in checks]
        for table in made:
            upgrade.ops += _protection(table.to_table())
        upgrade.ops += _changed_grants(held)
        if upgrade.is_empty():
            scripts.clear()

    return add


def _protection(table: Table) -> Iterator[ProtectionCall]:
    name = table.name
    if "tenant_id" in table.columns:
        yield ProtectionCall("protect", name, _grants(OF_PARTNERSHIP, name))
        if "case_id" in table.columns:
            yield ProtectionCall("close_by_conflict", name)
        return
    yield ProtectionCall("force", name, note="Say by `show` who sees which rows: nobody does yet.")
    yield ProtectionCall("grant", name, _grants(OF_NO_PARTNERSHIP, name))


def _grants(of: Mapping[str, Grants], table: str) -> Grants:
    if table not in of:
        raise Unavailable(
            f"services/database/migrations/grants.py does not say who may do what with {table}:"
            " write it there first."
        )
    return of[table]


def _changed_grants(held: Mapping[str, Grants]) -> Iterator[ProtectionCall]:
    """Return what is declared of the tables that are there and not held, and the other way."""
    for table, declared in {**OF_PARTNERSHIP, **OF_NO_PARTNERSHIP}.items():
        if table in held:
            for function, more, less in (
                ("grant", declared, held[table]),
                ("withdraw", held[table], declared),
            ):
                if lacking := _without(more, less):
                    yield ProtectionCall(function, table, lacking)


def _without(more: Grants, less: Grants) -> Grants:
    left = {
        role: "".join(letter for letter in letters if letter not in less.get(role, ""))
        for role, letters in more.items()
    }
    return {role: letters for role, letters in left.items() if letters}


def _fill_rows_that_are_there(changed: ops.ModifyTableOps) -> None:
    """Give a new column that is never null the model's own default, in the database.

    The rows that are there need it, and so does the code of the release before, which adds rows
    without the column.
    """
    for each in changed.ops:
        if isinstance(each, ops.AddColumnOp):
            column = each.column
            if not column.nullable and not (column.server_default or column.computed):
                each.column = column._copy()  # noqa: SLF001 -- the model's own is not changed
                each.column.server_default = DefaultClause(text(_default_of(column, each)))


def _default_of(column: Column[Any], added: ops.AddColumnOp) -> str:
    """Return the default as SQL writes it."""
    default = column.default
    value = getattr(default, "arg", None)
    if default is not None and default.is_callable and callable(value):
        value = value(None)
    match value:
        case bool() | int():
            return str(value).lower()
        case str():
            return f"'{value!s}'"
        case [] | {} if not value:
            return "'{}'" if value == {} else "'[]'"
    raise Unavailable(
        f"{added.table_name}.{column.name} is never null and rows are there already: give the field"
        " a plain default, or let it be null."
    )
