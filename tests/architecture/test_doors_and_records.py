"""No act without a record, and no page of a case that does not go through the one door."""

import ast
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from deployments import CHECKOUT
from services.casework.acts import ACTS, STEPS
from services.domain.entry_types import EntryType
from tests.source_files import PRODUCT, name_of, parsed

DOOR = frozenset(
    {
        "open_case",
        "case_to_read",
        "case_in_sight",
        "case_for",
        # A draft's, which ask `case_for` once the act's permission is asked.
        "draft_place",
        "save_typed",
        # Another partnership's case: by what is shown now, and by our own case beside it.
        "open_shown_case",
        "shown_document",
    }
)
NO_DOOR = {
    "services/web/pages/cases.py: show_todo": "leads on from an address; it reads no case, and the "
    "page it leads to has the door",
    "services/web/pages/operator_runs.py: show_run": "operators see a case's run in every "
    "partnership, by codes and counts, and no case is open to them (decision 0069)",
}
# What pages read by themselves: nothing of a case that no door has opened. Lists, counts and the
# audit are asked of `casework`, which asks the door.
READ_BY_PAGES = {
    "services/web/pages/inbox.py: caught_email": "a demonstration's emails, which hold no case",
    "services/web/pages/inbox.py: caught_emails": "a demonstration's emails, which hold no case",
    "services/web/pages/packages.py: dispatches": "those of a case that the door has opened",
    "services/web/pages/policies.py: get_policy_version": "the partnership's policy, of no case",
    "services/web/pages/policy_process.py: get_policy_version": "the same",
    "services/web/pages/shown_cases.py: get_case": "our own case beside one that is shown to us",
    "services/web/pages/seen_by_others.py: known_partnerships": "names of partnerships, of no case",
    "services/web/pages/seen_by_others.py: shared_cases": "what they see of a case of ours",
}
# Functions of a step that take a command and are no act of their own, with the reason.
PARTS_OF_ACTS = {
    "must_be_complete": "the check that a referral shares with the declaration",
    "keep_declaration": "the row that a referral shares with the declaration",
    "must_be_able_to_add": "asks for the act of adding a file before a byte is stored",
}
PAGES = [path for path in PRODUCT if name_of(path).startswith("services/web/pages/")]
IN_STEPS = [path for path in PRODUCT if name_of(path).startswith("services/casework/steps/")]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def reads_a_case_without_the_door(text: str) -> list[str]:
    """Return the handlers that take a case's id and reach no function of the door."""
    tree = parsed(text)
    calls = {node.name: called_in(node) for node in ast.walk(tree) if isinstance(node, Function)}
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, Function) and takes_a_case(node) and not reaches(node.name, calls)
    ]


def takes_a_case(function: Function) -> bool:
    """Tell whether a handler is given the case of its address."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(
        one.annotation is not None and ast.unparse(one.annotation) == "TheCaseId" for one in given
    )


def called_in(function: Function) -> set[str]:
    return {
        each.func.id
        for each in ast.walk(function)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }


def reaches(name: str, calls: Mapping[str, set[str]], seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether a function calls the door, itself or by a function of the same file."""
    called = calls.get(name, set())
    onward = (called & calls.keys()) - seen - {name}
    return bool(called & DOOR) or any(reaches(one, calls, seen | {name}) for one in onward)


def reads_rows_by_itself(text: str) -> list[str]:
    """Return the functions of the database that a page calls, and each question of its own."""
    tree = parsed(text)
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("services.database")
        for alias in node.names
        if alias.name.islower()
    }
    asked = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if ast.unparse(node.func.value).endswith("session")
    }
    return sorted(taken | asked)


def names_a_case_by_hand(text: str) -> list[str]:
    """Return the routes below a case whose handler does not take its id as `TheCaseId`."""
    tree = parsed(text)
    prefixes = [
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "APIRouter"
        for keyword in node.keywords
        if keyword.arg == "prefix" and isinstance(keyword.value, ast.Constant)
    ]
    prefix = "".join(prefixes[:1])
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, Function)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and ast.unparse(one.func) in {"router.get", "router.post"}
        if "{case_id}" in prefix + str(ast.literal_eval(one.args[0])) and not takes_a_case(node)
    ]


def commands_without_an_act(text: str, performs: Iterable[str]) -> list[str]:
    """Return the public functions of a step that take a command and are performed by no act."""
    return [
        node.name
        for node in parsed(text).body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and "command" in {one.arg for one in node.args.args}
        and node.name not in {*performs, *PARTS_OF_ACTS}
    ]


def entries_of_no_act(written: Iterable[EntryType]) -> set[EntryType]:
    return set(EntryType) - set(written)


def broken(rule: Callable[[str], list[str]], paths: Iterable[Path]) -> set[str]:
    return {f"{name_of(path)}: {one}" for path in paths for one in rule(path.read_text())}


def performed_in(path: Path) -> set[str]:
    """Return the names of the functions of a file that acts of the one table perform."""
    module = ".".join(path.relative_to(CHECKOUT).with_suffix("").parts)
    return {act.perform.__name__ for act in ACTS.values() if act.perform.__module__ == module}


def test_every_page_of_a_case_goes_through_the_one_door():
    assert len(PAGES) > 10
    assert broken(reads_a_case_without_the_door, PAGES) == set(NO_DOOR)


def test_no_page_reads_rows_past_the_door():
    """Home, lists, the inbox, the audit and the address of a collection among them."""
    assert broken(reads_rows_by_itself, PAGES) == set(READ_BY_PAGES)


def test_every_route_below_a_case_takes_its_id_in_one_way():
    assert broken(names_a_case_by_hand, PAGES) == set()


def test_every_function_that_takes_a_command_is_an_act_of_the_one_table():
    found = {
        f"{name_of(path)}: {one}"
        for path in IN_STEPS
        for one in commands_without_an_act(path.read_text(), performed_in(path))
    }
    assert found == set()


def test_the_exceptions_are_there():
    defined = {
        node.name
        for path in IN_STEPS
        for node in parsed(path.read_text()).body
        if isinstance(node, Function)
    }
    assert set(PARTS_OF_ACTS) <= defined


def test_every_step_that_defines_an_act_is_in_the_table():
    modules = [
        import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
        for path in IN_STEPS
        if "\n    perform=" in path.read_text()
    ]
    assert {one.__name__ for one in modules} <= {one.__name__ for one in STEPS}


def test_every_entry_type_belongs_to_an_act():
    written = [one for act in ACTS.values() for one in act.entries]
    assert entries_of_no_act(written) == set()


PAGE = (
    '@router.get("/{case_id}/notes")\n'
    "def notes(case_id: TheCaseId, request: Request, work: Reader) -> Response:\n"
    "    case = get_case(work.session, case_id)\n"
    '    return page(request, "notes.html", case=case)\n'
)
MUST_FAIL = [
    (reads_a_case_without_the_door, PAGE),
    (reads_a_case_without_the_door, PAGE.replace("get_case(", "_shown(") + "def _shown(x): ...\n"),
    (names_a_case_by_hand, PAGE.replace("TheCaseId", "str")),
    (
        names_a_case_by_hand,
        'router = APIRouter(prefix="/cases/{case_id}")\n'
        + PAGE.replace("/{case_id}", "").replace("TheCaseId", "UUID"),
    ),
]


@pytest.mark.parametrize(
    "text",
    [
        "from services.database.cases import list_cases, Case\n",
        "def home(work):\n    return work.session.exec(list_cases)\n",
    ],
)
def test_a_page_that_reads_rows_by_itself_is_found(text: str):
    assert reads_rows_by_itself(text) in (["list_cases"], ["exec"])


@pytest.mark.parametrize(("rule", "text"), MUST_FAIL)
def test_a_rule_finds_what_breaks_it(rule: Callable[[str], list[str]], text: str):
    assert rule(text) == ["notes"]


def test_a_page_that_goes_through_the_door_passes():
    for called in DOOR:
        assert reads_a_case_without_the_door(PAGE.replace("get_case", called)) == []
    behind = (
        PAGE.replace("get_case", "_opened") + "def _opened(x, y):\n    return open_case(x, y)\n"
    )
    assert reads_a_case_without_the_door(behind) == []
    assert names_a_case_by_hand(PAGE) == []


def test_an_act_without_a_record_is_found():
    step = "def merge(work: UnitOfWork, case_id: CaseId, command: Merge) -> Case: ...\n"
    assert commands_without_an_act(step, set()) == ["merge"]
    assert commands_without_an_act(step, {"merge"}) == []


def test_an_entry_type_that_no_act_writes_is_found():
    written = [one for act in ACTS.values() for one in act.entries if act.name != "give_view"]
    assert EntryType.VIEW_GIVEN in entries_of_no_act(written)
