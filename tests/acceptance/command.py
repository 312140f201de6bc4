"""`./keyline journey`: one incident driven through the running platform, page by page.

`./keyline journey joint` drives one that two partnerships review together, `./keyline journey
newcomer` begins with an installation of its own, on which nothing is on record, `./keyline journey
operations` breaks each part of the running platform in turn.

- The journey acts only through pages: each person signs in, opens the form, answers, sends it.
- It reads the record, Prefect and the caught mail beside that, to check what became of it; it
  never changes them.
- `chapters` say what people do at a step, `branches` put chapters and dates together, and every
  date there was counted by hand (scenarios.md).
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from tests.acceptance import table
from tests.acceptance.branches.registry import BRANCHES, JOINT, OF_SEVERAL, name_of
from tests.acceptance.chaos import Chaos
from tests.acceptance.kept_pages import KeptPages
from tests.acceptance.newcomer.journey import run_newcomer
from tests.acceptance.operations.journey import run_operations
from tests.acceptance.runner import PlatformUnderTest, exclusively, run_branch
from tests.acceptance.story import Story

NEWCOMER: Final = "newcomer"
OPERATIONS: Final = "operations"
Kind = Annotated[
    str,
    typer.Argument(
        metavar=f"[{JOINT}|{NEWCOMER}|{OPERATIONS}]",
        help="A review that two share, an installation begun from nothing, or parts broken.",
    ),
]
Branch = Annotated[
    str,
    typer.Option(
        "--branch",
        help=f"One of: {', '.join(BRANCHES)}. Of {JOINT}: {', '.join(filter(None, OF_SEVERAL))}.",
    ),
]
All = Annotated[bool, typer.Option("--all-branches", help="Every branch, one after another.")]
Struck = Annotated[
    bool, typer.Option("--chaos", help="kill -9 the worker, Prefect and PostgreSQL on the way.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what happened for machines.")]
Keep = Annotated[
    Path | None, typer.Option("--keep-pages", help="Keep a page of each kind in this folder.")
]
List = Annotated[bool, typer.Option("--list", help="Print the names of the branches.")]


def journey(  # noqa: PLR0913 - each option is one thing that a person may say
    kind: Kind = "",
    *,
    branch: Branch = "",
    all_branches: All = False,
    chaos: Struck = False,
    as_json: AsJson = False,
    list_: List = False,
    keep_pages: Keep = None,
) -> None:
    """Drive an incident through the pages of the running platform, as its people would."""
    if list_:
        print("\n".join(BRANCHES))
        return
    say = _silent if as_json else _say
    keeps = KeptPages(keep_pages) if keep_pages else None
    if kind == NEWCOMER:
        _told(NEWCOMER, lambda: run_newcomer(say, keeps))
        return
    tested = PlatformUnderTest.find(keeps)
    if kind == OPERATIONS:
        with exclusively(tested.home):
            _told(OPERATIONS, lambda: run_operations(tested, say))
        return
    wanted = name_of(kind, branch)
    stories: dict[str, Story] = {}
    with exclusively(tested.home):
        for name in BRANCHES if all_branches else (wanted,):
            began = time.monotonic()
            say(f"{BRANCHES[name].title} ({BRANCHES[name].where})")
            stories[name] = run_branch(
                tested, name, say, Chaos(tested.home, say) if chaos else None
            )
            if not as_json:
                took = f"{time.monotonic() - began:.0f} s"
                table.show(f"{BRANCHES[name].title}, {took}", stories[name])
    _print_json(stories) if as_json else _print_verdict(stories)
    if any(story.differences for story in stories.values()):
        raise typer.Exit(1)


def _told(kind: str, run: Callable[[], tuple[list[str], int]]) -> None:
    """Run a journey that tells itself what it does; print what differs from what is expected."""
    began = time.monotonic()
    differences, many = run()
    for difference in differences:
        print(f"  - {difference}")
    if differences:
        raise typer.Exit(1)
    print(f"{kind}: everything is as expected ({many} acts, {time.monotonic() - began:.0f} s)")


def _print_verdict(stories: dict[str, Story]) -> None:
    for name, story in stories.items():
        if not story.differences:
            print(f"{name}: everything is as expected ({len(story.lines)} acts)")
            continue
        print(f"{name}: {len(story.differences)} differences from what is expected")
        for difference in story.differences:
            print(f"  - {difference}")


def _print_json(stories: dict[str, Story]) -> None:
    branches = {
        name: {
            "case": str(story.case_id),
            "runs": [run.as_json() for run in story.runs],
            "acts": [line.as_json() for line in story.lines],
            "differences": story.differences,
        }
        for name, story in stories.items()
    }
    print(json.dumps(branches, indent=1))


def _say(words: str) -> None:
    print(f"  {words}", flush=True)


def _silent(_words: str) -> None:
    return
