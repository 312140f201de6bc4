"""Every word for a body is said through the one place that knows the partnership's own (E-10).

What the code itself says stands in strings and templates. A template says it so by how it is read;
a string stands in a table of labels, in a question of a form, in the record of an act or of its
page, or is handed to `in_own_words` where it is said.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.domain.labels.own_words import framework_words_in, template_in_own_words
from tests.source_files import parsed

ROOT = Path(__file__).parents[2] / "services"
# Read through the labels, `Question`, `answers_as_text`, or where the page shows what it asks.
SAID_ELSEWHERE = {
    "Field",
    "InAList",
    "NeededWhen",
    "Under",
    "Rows",
    "Act",
    "ActPage",
    "LearningForm",
    "FirstThing",
    "_signs",
}
SAID_ELSEWHERE |= {"in_own_words"}
# Tables of which each line is said through a function: its module, its name, and that function.
SAID_BY = {
    ("domain/clocks/policy_words.py", "_CHOICES"): "differences",
    ("domain/clocks/choice_words.py", "_OF_SHARING"): "of_sharing",
    ("domain/confidentiality.py", "AGREEMENTS"): "ConfidentialityAgreement.words",
    ("domain/paper_templates.py", "OFFERED"): "own_templates.template_of_kind",
    ("domain/paper_templates.py", "_TO_THOSE_WHO_DECIDE"): "own_templates.template_of_kind",
    ("documents/own/names.py", "WORDS"): "names_for",
    ("web/view_models/agencies.py", "_NAMED_BY"): "_named_by",
}
NOT_SAID = {
    "domain/labels": "the tables that `label` reads",
    "domain/rule_words": "the tables that `rule_in_words` reads",
    "domain/clocks/examples.py": "what others publish, in their words",
    "domain/paper_samples.py": "an invented paper, with which a template is tried",
    "domain/clocks/published_words.py": "what others publish, in their words",
    "casework/administration/founding": "the operator's console, before there is a partnership",
}
TEMPLATES = sorted(
    one
    for one in ROOT.rglob("*")
    if one.suffix in {".html", ".jinja", ".txt"} and {"templates", "emails"} & set(one.parts)
)
ASKED = re.compile(r"\b(?:asked|act)\.(?:title|button|why|done)\b(?! \| in_own_words)")


def modules() -> Iterator[Path]:
    for one in sorted(ROOT.rglob("*.py")):
        name = one.relative_to(ROOT).as_posix()
        if not any(name.startswith(said) for said in NOT_SAID):
            yield one


def tables_of(module: Path) -> frozenset[str]:
    """Return the tables of the module that are said line by line."""
    name = module.relative_to(ROOT).as_posix()
    return frozenset(table for where, table in SAID_BY if where == name)


class Said(ast.NodeVisitor):
    """Finds the strings that say a body and are handed to nobody."""

    def __init__(self, tree: ast.Module, said_by: frozenset[str] = frozenset()) -> None:
        self.said_by = said_by
        self.loose: list[tuple[int, str]] = []
        self.handed = 0
        self.constants: dict[str, list[tuple[int, str]]] = {}
        self.used_loose: set[str] = set()
        self.constant = ""
        self.tree = tree

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if "StrEnum" not in {getattr(one, "id", "") for one in node.bases}:  # codes, no words
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        named = getattr(node.func, "id", getattr(node.func, "attr", ""))
        says = named in SAID_ELSEWHERE
        self.handed += says
        self.generic_visit(node)
        self.handed -= says

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and framework_words_in(node.value) and not self.handed:
            found = (node.lineno, node.value)
            at = self.constants.setdefault(self.constant, []) if self.constant else self.loose
            at.append(found)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and not self.handed:
            self.used_loose.add(node.id)

    def read(self) -> list[tuple[int, str]]:
        for statement in self.tree.body:
            target = getattr(statement, "target", None) or next(
                iter(getattr(statement, "targets", ())), None
            )
            self.constant = target.id if isinstance(target, ast.Name) else ""
            self.visit(statement)
        # A constant is fine where each use of it is handed over.
        loose = (
            said
            for name, found in self.constants.items()
            if name not in self.said_by and (name in self.used_loose or not self._is_used(name))
            for said in found
        )
        return sorted([*self.loose, *loose])

    def _is_used(self, name: str) -> bool:
        return any(
            isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load)
            for one in ast.walk(self.tree)
        )


def test_no_string_of_the_code_says_a_body_by_itself():
    """E-10: each is handed to the one place that knows what the partnership calls it."""
    found = [
        f"{one.relative_to(ROOT)}:{line} {said[:90]!r}"
        for one in modules()
        for line, said in Said(parsed(one.read_text()), tables_of(one)).read()
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "def a():\n    return 'The review group meets.'",
        "def a(who):\n    return f'{who} tells the business manager'",
        "SAID = 'the Executive'\ndef a():\n    return SAID",
        "SAID = 'the Executive'",
    ],
)
def test_a_string_that_is_handed_to_nobody_is_found(code):
    assert len(Said(ast.parse(code)).read()) == 1


@pytest.mark.parametrize(
    "code",
    [
        "def a():\n    'The review group.'\n    return in_own_words('The review group meets.')",
        "SAID = 'the Executive'\ndef a():\n    return in_own_words(SAID)",
        "class A:\n    a: str = Field(title='What does the review group say?')",
        "A = 'review_group'",
    ],
)
def test_a_string_that_is_handed_over_or_is_a_code_is_none(code):
    assert Said(ast.parse(code)).read() == []


def left_in(template: Path) -> tuple[str, ...]:
    """Return what the template says of a body without looking it up."""
    source = template.read_text()
    read = re.sub(r"\{#.*?#\}", "", template_in_own_words(source), flags=re.DOTALL)
    looked_up = r"in_own_words\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)"
    return (*framework_words_in(re.sub(looked_up, "", read)), *ASKED.findall(source))


def test_what_a_template_says_of_a_body_is_looked_up():
    """E-10: whatever a template says, by how it is read; what acts say, where it shows it."""
    assert len(TEMPLATES) > 100
    assert {one.name: found for one in TEMPLATES if (found := left_in(one))} == {}
