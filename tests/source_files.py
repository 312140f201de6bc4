"""The files of the repository that the house rules look at."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from deployments import CHECKOUT

ROOMS = ("deployments", "flows", "services", "tasks")


def tracked() -> list[Path]:
    """Return the files of the repository; without git, what lies in its rooms."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return [path for room in (*ROOMS, "tests") for path in (CHECKOUT / room).rglob("*.*")]
    return [CHECKOUT / name for name in listed.stdout.split("\n") if (CHECKOUT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@cache
def parsed(text: str) -> ast.Module:
    """Return the tree of a source text, which is read only: every rule asks the same one."""
    return ast.parse(text)


@cache
def nodes_of(text: str) -> tuple[ast.AST, ...]:
    """Return every node of a source text."""
    return tuple(ast.walk(parsed(text)))


TRACKED = tracked()
PYTHON = [path for path in TRACKED if path.suffix == ".py"]
PRODUCT = [
    path
    for path in PYTHON
    if path.relative_to(CHECKOUT).parts[0] in ROOMS and "versions" not in path.parts
]
TESTS = [path for path in PYTHON if path.relative_to(CHECKOUT).parts[0] == "tests"]
TEMPLATES = [path for path in TRACKED if "templates" in path.parts and path.suffix == ".html"]
