"""One class name means one thing in the whole product."""

import ast
from collections import defaultdict
from collections.abc import Mapping

from tests.source_files import PRODUCT, name_of, nodes_of


def classes_of_one_name(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """Return each class name that several definitions have, with the files they stand in."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in sources.items():
        for node in nodes_of(text):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name)
    return {name: places for name, places in found.items() if len(places) > 1}


def test_no_two_classes_of_the_product_share_a_name():
    sources = {name_of(path): path.read_text() for path in PRODUCT}
    assert len(sources) > 100
    assert classes_of_one_name(sources) == {}


def test_a_name_that_two_classes_share_is_found_wherever_they_stand():
    sources = {
        "tasks/run.py": "class Stage:\n    class Words: pass\n",
        "services/web/words.py": "def make():\n    class Words: pass\n",
        "services/domain/workflow.py": "class Outcome: pass\n",
    }
    assert classes_of_one_name(sources) == {"Words": ["tasks/run.py", "services/web/words.py"]}
