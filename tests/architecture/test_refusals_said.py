"""An error says what to do as one person says it to another: no code words, and no "must be".

What is refused of an answer stands beside its question; what is refused at all stands on a page.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.casework.commands import Kind
from services.web.forms.fields import Question
from services.web.forms.messages import about, missing
from tests.source_files import nodes_of

ROOT = Path(__file__).parents[2] / "services"
REFUSALS = {
    "AlreadyDone",
    "AnswerRefused",
    "FormUsedOtherwise",
    "NotPermitted",
    "Problem",
    "RuleBroken",
    "StepNotOpen",
    "Unreadable",
}
# They speak of a file of JSON to who writes it, by the words of JSON.
OF_FILES = {"domain/json_values.py", "casework/accounts/identity_providers.py"}
OF_MACHINES = re.compile(
    r"\b(?:[Ii]nvalid|must (?:be|have|include|not)|[Ff]ields?|null|[Ss]tring|[Ii]nteger|[Bb]oolean"
    r"|[Vv]alue|[Pp]arameter|[Mm]andatory)\b|\b(?:is|are) required[.:]|\b[a-z]+_[a-z]+\b"
)
LEAST = 800


def text_of(node: ast.AST) -> str:
    """Return the words of a string as the code has them, whatever is put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(text_of, node.values))
    if isinstance(node, ast.BinOp):
        return text_of(node.left) + text_of(node.right)
    return ""


def refusals() -> Iterator[tuple[str, str]]:
    for one in sorted(ROOT.rglob("*.py")):
        name = one.relative_to(ROOT).as_posix()
        calls = (node for node in nodes_of(one.read_text()) if isinstance(node, ast.Call))
        for call in calls if name not in OF_FILES else ():
            if getattr(call.func, "id", "") in REFUSALS:
                yield from ((name, said) for said in map(text_of, call.args) if " " in said)


def test_no_refusal_speaks_as_a_machine_does():
    found = list(refusals())
    assert len(found) > LEAST
    assert [(name, said) for name, said in found if OF_MACHINES.search(said)] == []


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("label", ["Are you sure?", "Name of the agency", "Which one, and why?"])
def test_what_is_left_out_is_asked_for_in_words_that_say_what_to_do(kind, label):
    said = missing(Question(name="one", asks=label, helps="", kind=kind, required=True))
    assert re.match(r"(Answer|Choose|Enter|Select) ", said), said
    assert not OF_MACHINES.search(said)


def test_what_is_wrong_begins_with_what_it_is_the_answer_to():
    asked = Question(name="on", asks="When was it?", helps="", kind=Kind.DAY, required=True)
    assert about(asked, "enter a real date") == "“When was it?”: enter a real date"
