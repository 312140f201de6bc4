"""Which questions of Prefect's pages are let through, held against what Prefect itself says it has.

A newer Prefect that renames what its pages ask is found here.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.casework.operations import prefect_pages
from services.casework.operations.prefect_pages import PrefectQuestion
from tests.orchestration.conftest import Stage

AN_ID = str(uuid4())
# What only reads ends so; `lateness` and `history` are figures of runs.
READING_WORDS = {
    "count", "count-by", "count-deployments", "count-task-runs", "filter", "history", "lateness",
    "next-runs", "paginate",
}  # fmt: skip
# What might hold a secret, or says how the server is set.
SECRETIVE = (
    "admin/settings",
    "admin/storage",
    "automations",
    "block",
    "saved_searches",
    "variables",
)


def offered(stage: Stage) -> set[tuple[str, str]]:
    """Return every method and path that Prefect's server has, with an id for what varies."""
    root = stage.prefect.api_url.removesuffix("/api")
    told = httpx.get(f"{root}/openapi.json", timeout=30).json()["paths"]
    return {
        (method.upper(), re.sub(r"{[^}]*}", AN_ID, path.removeprefix("/api").strip("/")))
        for path, methods in told.items()
        for method in methods
    }


def test_nothing_is_read_but_what_only_reads_and_holds_no_secret(stage: Stage):
    every = offered(stage)
    read = {one for one in every if PrefectQuestion(*one).only_reads}

    assert len(every) > 150
    assert {method for method, _path in read} == {"GET", "POST"}
    assert not [path for _method, path in read if path.startswith(SECRETIVE) or "input" in path]
    for method, path in read:
        words = {one for one in path.split("/") if one != AN_ID}
        assert method == "GET" or words & READING_WORDS, path


def test_every_question_that_is_let_through_is_one_that_prefect_knows(stage: Stage):
    every = offered(stage)
    for method, lines in (("GET", prefect_pages._GET), ("POST", prefect_pages._POST)):
        asked = {(method, one.replace("{}", AN_ID)) for one in lines.split()}
        assert asked <= every, asked - every


@pytest.mark.parametrize(
    "path",
    [
        "flow_runs/filter/../../admin/settings",
        "flow_runs//filter",
        "flow_runs/filter/",
        "flow_runs/%2e%2e",
        "flow_runs/..",
        "flow_runs/a b",
        "flow_runs/x?y=1",
        "flow_runs/x\n",
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_no_question(path: str):
    assert not PrefectQuestion("GET", path).only_reads
    assert not PrefectQuestion("POST", path).only_reads


def test_the_pages_hold_no_connection_open():
    """Keyline passes on requests only: the installed pages must not come to need a WebSocket."""
    folder = Path(find_spec("prefect").origin).parent / "server" / "ui-v2" / "assets"
    scripts = list(folder.glob("*.js"))
    assert len(scripts) > 50
    assert [one.name for one in scripts if "new WebSocket" in one.read_text()] == []
