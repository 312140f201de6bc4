"""The acceptance run acts through the served pages only: it calls no act and opens no session.

Of the product it takes words, records and kinds of answer, and of `services.database` one module:
how a context is signed, by which `tests/acceptance/database.py` looks at rows and changes none.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from deployments import CHECKOUT
from tests.source_files import parsed

ACCEPTANCE = CHECKOUT / "tests" / "acceptance"
DRIVER = [path for path in ACCEPTANCE.rglob("*.py") if not path.name.startswith("test_")]
OF_THE_DATABASE = {"services.database.signed_context"}
# The guidance's own vocabulary, the records of acts and of their pages, the kinds of answer, the
# valid commands, the people of the demonstration, where it runs, how a look at rows is signed, and
# the identity provider that tests run.
ALLOWED = (
    "services.domain",
    "services.database.signed_context",
    "services.casework.acts.ACTS",
    "services.casework.commands.Kind",
    "services.web.act_pages.act_page.ActPage",
    "services.web.act_pages.registry.ACT_PAGES",
    "services.web.forms.fields.Question",
    "tests.valid_commands.Ids",
    "tests.valid_commands.example",
    "tests.provider_process",
    "deployments.demo.partnerships",
    "deployments.local",
    "tests.acceptance",
)
OURS = {"deployments", "flows", "services", "tasks", "tests"}
DYNAMIC = {"import_module", "__import__"}
# The field of an act's record under which its function can be called.
FUNCTION = "perform"


def reaches_past_the_pages(text: str) -> list[str]:
    """Return each import that is not allowed and each call of an act's function."""
    tree = parsed(text)
    wrong = [name for name in imported(tree) if is_ours(name) and not is_allowed(name)]
    for node in ast.walk(tree):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if name in DYNAMIC or (isinstance(node, ast.Attribute) and name == FUNCTION):
            wrong.append(f"line {node.lineno}: {name}")
    return wrong


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


def is_allowed(name: str) -> bool:
    return any(name == allowed or name.startswith(f"{allowed}.") for allowed in ALLOWED)


def test_of_the_database_it_takes_the_signing_of_a_look_and_nothing_else():
    taken = {
        name.rpartition(".")[0]
        for path in DRIVER
        for name in imported(parsed(path.read_text()))
        if name.startswith("services.database")
    }
    assert taken == OF_THE_DATABASE
    assert {one for one in ALLOWED if one.startswith("services.database")} == OF_THE_DATABASE


def test_there_is_an_acceptance_run_to_look_at():
    assert len(DRIVER) > 20


@pytest.mark.parametrize("path", DRIVER, ids=lambda path: path.relative_to(ACCEPTANCE).as_posix())
def test_the_acceptance_run_acts_through_the_pages_only(path: Path):
    assert reaches_past_the_pages(path.read_text()) == []


@pytest.mark.parametrize("path", DRIVER, ids=lambda path: path.relative_to(ACCEPTANCE).as_posix())
def test_every_module_of_the_acceptance_run_says_what_it_is(path: Path):
    assert ast.get_docstring(parsed(path.read_text()))


@pytest.mark.parametrize(
    "planted",
    [
        "import services.database.cases\n",
        "from services.database.unit_of_work import unit_of_work\n",
        "from services import database\n",
        "from services.casework.steps.rapid_review.meeting import set_meeting\n",
        "from services.casework.steps import meeting\n",
        "from services.casework.acts import meeting\n",
        "import services.casework.acts\n",
        "from tests import factories\n",
        "from tests.world import world\n",
        "def act():\n    from tasks import steps\n",
        "importlib.import_module('services.database.cases')\n",
        "__import__('services.database.cases')\n",
        "SET_MEETING.perform(work, case_id, command)\n",
        "act = ACTS['set_meeting'].perform\n",
    ],
)
def test_a_way_past_the_pages_is_found(planted: str):
    assert reaches_past_the_pages(planted)


@pytest.mark.parametrize(
    "good",
    [
        "import time\nfrom uuid import UUID\n",
        "from services.domain.workflow import Stage\n",
        "from services.domain import criteria\n",
        "from services.casework.acts import ACTS\nprint(ACTS['refer'].todo)\n",
        "from tests.acceptance.story import Story\n",
        "from deployments.demo.partnerships import NORTHMOOR\n",
    ],
)
def test_what_the_acceptance_run_needs_is_allowed(good: str):
    assert reaches_past_the_pages(good) == []
