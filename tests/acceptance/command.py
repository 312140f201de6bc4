"""`./keyline journey`: one incident driven through the running platform, page by page.

- The journey acts only through pages: each person signs in, opens the form, answers, sends it.
- It reads the record, Prefect and the caught mail beside that, to check what became of it; it
  never changes them.
- `chapters` say what people do at a step, `branches` put chapters and dates together, and every
  date there was counted by hand (scenarios.md).
"""

import json
import time
from typing import Annotated

import typer

from services.domain.errors import NotFound
from tests.acceptance import table
from tests.acceptance.branches.known import BRANCHES, MAIN
from tests.acceptance.chaos import Chaos
from tests.acceptance.driving import Scene, alone, drive
from tests.acceptance.story import Story

Branch = Annotated[str, typer.Option("--branch", help=f"One of: {', '.join(BRANCHES)}.")]
All = Annotated[bool, typer.Option("--all-branches", help="Every branch, one after another.")]
Struck = Annotated[
    bool, typer.Option("--chaos", help="kill -9 the worker, Prefect and PostgreSQL on the way.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what happened for machines.")]


def journey(
    *,
    branch: Branch = MAIN,
    all_branches: All = False,
    chaos: Struck = False,
    as_json: AsJson = False,
) -> None:
    """Carry an incident through the running platform's pages, as its people would."""
    if branch not in BRANCHES:
        raise NotFound(f"There is no branch {branch!r}; there are: {', '.join(BRANCHES)}.")
    scene = Scene.found()
    say = _silence if as_json else _say
    told: dict[str, Story] = {}
    with alone(scene.home):
        for name in BRANCHES if all_branches else (branch,):
            began = time.monotonic()
            say(f"{BRANCHES[name].title} ({BRANCHES[name].place.name})")
            told[name] = drive(scene, name, say, Chaos(scene.home, say) if chaos else None)
            if not as_json:
                took = f"{time.monotonic() - began:.0f} s"
                table.show(f"{BRANCHES[name].title}, {took}", told[name])
    _print_json(told) if as_json else _print_verdict(told)
    if any(story.differences for story in told.values()):
        raise typer.Exit(1)


def _print_verdict(told: dict[str, Story]) -> None:
    for name, story in told.items():
        if not story.differences:
            print(f"{name}: everything is as expected ({len(story.lines)} acts)")
            continue
        print(f"{name}: {len(story.differences)} differences from what is expected")
        for difference in story.differences:
            print(f"  - {difference}")


def _print_json(told: dict[str, Story]) -> None:
    branches = {
        name: {
            "case": str(story.case_id),
            "acts": [line.as_json() for line in story.lines],
            "differences": story.differences,
        }
        for name, story in told.items()
    }
    print(json.dumps(branches, indent=1))


def _say(words: str) -> None:
    print(f"  {words}", flush=True)


def _silence(_words: str) -> None:
    return
