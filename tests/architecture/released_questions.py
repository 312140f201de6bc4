"""`python -m tests.architecture.released_questions`: what each command of casework asks, by a line.

The lines of a release are committed beside this when it is tagged: a test compares the commands of
today with them.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from services import casework
from services.casework.commands import Command

OF_RELEASE: Final = Path(__file__).with_name("release-1.questions")


def models() -> Mapping[str, type[Command]]:
    """Return every command that casework declares, by its name."""
    for module in pkgutil.walk_packages(casework.__path__, "services.casework."):
        importlib.import_module(module.name)
    return dict(sorted((one.__name__, one) for one in set(_below(Command))))


def _below(model: type[Command]) -> Iterator[type[Command]]:
    """Yield the models that build upon one."""
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def released(listed: str) -> Mapping[str, frozenset[str]]:
    """Return the questions of each model as they were released."""
    lines = (line.split() for line in listed.splitlines())
    return {name.rstrip(":"): frozenset(questions) for name, *questions in lines}


if __name__ == "__main__":
    for named, model in models().items():
        sys.stdout.write(" ".join([f"{named}:", *model.model_fields]) + "\n")
