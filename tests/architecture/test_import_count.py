"""A file of the product imports from twenty places at most: with more it is about too much."""

import ast

from tests.source_files import PRODUCT, name_of, nodes_of

MOST_IMPORTS = 20


def imports_too_much(text: str) -> list[str]:
    count = sum(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes_of(text))
    return [f"{count} imports"] if count > MOST_IMPORTS else []


def test_a_file_imports_from_twenty_places_at_most():
    found = {name_of(path): imports_too_much(path.read_text()) for path in PRODUCT}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_file_of_too_many_imports_is_found():
    lines = [f"from services.domain import part_{number}" for number in range(21)]
    assert imports_too_much("\n".join(lines)) == ["21 imports"]
    assert imports_too_much("\n".join(lines[1:])) == []
