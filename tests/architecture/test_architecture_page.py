"""The page of the architecture: each station that it names is a function of the code as it is."""

import ast
import re

import pytest

from deployments import CHECKOUT
from tests.source_files import nodes_of

PAGE = (CHECKOUT / "docs" / "architecture.md").read_text()
STATION = re.compile(r"^\d+\. `([^`]+)` `([^`]+)`:", re.MULTILINE)
STATIONS = STATION.findall(PAGE)
WAYS = (
    "A posted form",
    "A machine order",
    "A document",
    "An e-mail",
    "A sign-in by an organisation",
    "A guest",
)


def names_function(path: str, function: str) -> bool:
    """Tell whether the file defines a function or method of that name."""
    file = CHECKOUT / path
    if not file.is_file():
        return False
    nodes = nodes_of(file.read_text())
    defined = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, defined) and node.name == function for node in nodes)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_has_at_most_ten_stations_each_with_file_and_function(way):
    (text,) = re.findall(rf"^## {way}\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    numbered = re.findall(r"^\d+\. ", text, re.MULTILINE)
    assert len(STATION.findall(text)) == len(numbered)
    assert 5 <= len(numbered) <= 10


@pytest.mark.parametrize(("path", "function"), STATIONS)
def test_each_station_is_a_function_of_the_code(path, function):
    assert names_function(path, function)


@pytest.mark.parametrize(
    ("path", "function"),
    [("services/casework/act.py", "end"), ("services/casework/no_such_file.py", "begin")],
)
def test_a_station_that_is_gone_is_found(path, function):
    assert not names_function(path, function)
