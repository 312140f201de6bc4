"""Pointers from a list of attempts to the tests that make them: `path::name of the test`."""

import ast
import re

from deployments import CHECKOUT
from tests.source_files import parsed

NAMED = re.compile(r"(?:tests|docs)/[\w/.-]+\.(?:py|md)(?:::\w+)?")


def pointers_in(words: str) -> list[str]:
    """Return the tests and pages that the words name."""
    return NAMED.findall(words)


def is_there(pointer: str) -> bool:
    """Tell whether the file is there, and in a test file the test, which has to be named."""
    path, _, name = pointer.partition("::")
    file = CHECKOUT / path
    if not file.is_file() or file.suffix != ".py":
        return file.is_file()
    return name in {
        node.name for node in parsed(file.read_text()).body if isinstance(node, ast.FunctionDef)
    }
