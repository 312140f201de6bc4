"""Migrations are added and never changed, one after another, and the code of before still runs."""

import ast
import re
from collections.abc import Iterator
from hashlib import sha256

import pytest

from deployments.migration.writing import NAMED, VERSIONS, put_last
from services.database.migrations.declared import DECLARED

ROOM = VERSIONS.parent
# What only a migration that says which release stopped needing it may do (decision 0055).
TAKES_AWAY = {"drop_column", "drop_table", "rename_table", "withdraw"}
TAKES_AWAY_IN_SQL = re.compile(
    r"\b(?:drop (?:table|column|view|function|schema|role)|rename (?:to|column)|set not null"
    r"|alter column \w+ (?:set data )?type)\b",
    re.IGNORECASE,
)
MARK = "CONTRACT"
NEW = [path for path in sorted(VERSIONS.glob("*.py")) if path.name > "0004"]


def fields(text: str) -> dict[str, object]:
    """Return what a migration says of itself at its top."""
    return {
        target.id: node.value.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def breaks_the_release_before(text: str) -> list[str]:
    """Say what the code of the release before would stumble over."""
    found = [
        *_lines_that_fail_where_rows_are(text),
        *([] if fields(text).get(MARK) else _what_is_taken_away(text)),
    ]
    return sorted(found)


def _calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", "") or getattr(node.func, "id", ""), node


def _said(call: ast.Call) -> dict[str | None, str]:
    return {word.arg: ast.unparse(word.value) for word in call.keywords}


def _what_is_taken_away(text: str) -> Iterator[str]:
    for name, call in _calls(text):
        said = _said(call)
        if name in TAKES_AWAY:
            yield name
        if name == "alter_column" and (
            said.get("nullable") == "False" or {"new_column_name", "type_"} & set(said)
        ):
            yield "alter_column"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from TAKES_AWAY_IN_SQL.findall(node.value)


def _lines_that_fail_where_rows_are(text: str) -> Iterator[str]:
    for name, call in _calls(text):
        if name == "add_column":
            said = _said(next(arg for arg in call.args if isinstance(arg, ast.Call)))
            if said.get("nullable") == "False" and "server_default" not in said:
                yield "add_column without a default"


def test_each_migration_follows_the_one_before():
    numbers = [path.name[:4] for path in sorted(VERSIONS.glob("*.py"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    for path, before in zip(sorted(VERSIONS.glob("*.py")), [None, *numbers], strict=False):
        assert NAMED.fullmatch(path.name), path.name
        said = fields(path.read_text())
        assert (said["revision"], said["down_revision"]) == (path.name[:4], before), path.name


def test_what_was_released_is_byte_for_byte_what_it_was():
    listed = (line.split("  ") for line in (ROOM / "released.sha256").read_text().splitlines())
    released = {name: digest for digest, name in listed}
    assert {name for name in released if name.startswith("versions/")} >= {
        f"versions/{name}.py"
        for name in ("0001_the_first_tables", "0002_who_may_see_what", "0003_what_is_shown")
    }
    frozen = [path for path in ROOM.glob("release_*/*") if path.is_file()]
    assert {f"{path.parent.name}/{path.name}" for path in frozen} <= set(released)
    for name, digest in released.items():
        assert sha256((ROOM / name).read_bytes()).hexdigest() == digest, name


def test_every_file_of_functions_is_declared():
    assert {path.stem for path in ROOM.glob("*.sql")} == {*DECLARED, "signed_context"}


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.name[:4])
def test_the_code_of_the_release_before_runs_on(path):
    assert breaks_the_release_before(path.read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "op.drop_column('people', 'name')",
        "op.drop_table('people')",
        "op.rename_table('people', 'persons')",
        "op.alter_column('people', 'name', new_column_name='called')",
        "op.alter_column('people', 'name', nullable=False)",
        "op.alter_column('people', 'name', type_=sa.Text())",
        "op.execute('alter table people drop column name')",
        "op.execute('alter table people rename to persons')",
        "op.execute('alter table people alter column name set not null')",
        "op.execute(f'drop function sec.tenant()')",
        "withdraw('people', {'keyline_app': 'w'})",
    ],
)
def test_what_takes_away_is_said_to_be_a_contract_step(line):
    assert breaks_the_release_before(line)
    assert breaks_the_release_before(f"{MARK} = 'release-1 reads it last'\n{line}") == []


def test_a_column_that_rows_cannot_have_is_found_and_one_that_they_can_is_not():
    add = "op.add_column('people', sa.Column('age', sa.Integer(), {}nullable=False))"
    assert breaks_the_release_before(f"{MARK} = 'x'\n" + add.format(""))
    assert breaks_the_release_before(add.format("server_default=sa.text('0'), ")) == []
    assert (
        breaks_the_release_before("op.add_column('people', sa.Column('age', sa.Integer()))") == []
    )


def test_a_migration_that_another_came_before_is_put_last(tmp_path):
    for name in ("0004_first", "0004_mine"):
        text = 'revision = "0004"\ndown_revision = "0003"\n'
        (tmp_path / f"{name}.py").write_text(text)
    placed = put_last(tmp_path / "0004_mine.py")
    assert placed.name == "0005_mine.py"
    assert fields(placed.read_text()) == {"revision": "0005", "down_revision": "0004"}
    assert not (tmp_path / "0004_mine.py").exists()
