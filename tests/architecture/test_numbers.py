"""No text that people read tells a number of days or of partners that a partnership may choose."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source_files import PRODUCT, TRACKED, name_of, nodes_of
from tests.told_numbers import numbers_told

# Numbers that no policy chooses, each with its reason: a file, or a file and the words.
ALLOWED = {
    "services/domain/clocks/examples.py": "what partnerships publish of themselves, as examples",
    "services/domain/clocks/rules.py": "the rules of the framework themselves",
    **{
        f"services/domain/rule_words/{name}.py": "what the framework says of itself, in words"
        for name in ("governance", "limits", "local_review", "publication", "rapid_review")
    },
    "services/domain/clocks/versions.py": "the national rules by the day from which they hold",
}
LAW_AND_PRODUCT = {
    "72 hours": "UK GDPR, article 33: the law of data protection, which no partnership chooses",
    "24 hours left": "of those 72",
    "15 minutes": "Keyline's own limit on passwords that are tried",
    "30 minutes": "Keyline's own cookies, as its privacy page says",
    "12 hours": "Keyline's own cookies",
    "90 days": "Keyline's own cookies",
    "two weeks": "how far the directory looks ahead",
    "three years": "how far a practice clock may be moved",
    "42 weeks": "from an incident to the latest birth",
    "one day stricter": "clear days, as the explanation of a clock says",
    "One day that": "a day to avoid, and no length",
    "at least one day, not": "the refusal of a policy with no days at all",
}
ROOMS = ("services/casework/", "services/domain/", "services/mail/", "services/web/")
TEXTS = [
    path
    for path in TRACKED
    if path.suffix in {".html", ".jinja", ".txt"} and name_of(path).startswith("services/")
]
SOURCES = [
    path for path in PRODUCT if name_of(path).startswith(ROOMS) and name_of(path) not in ALLOWED
]


def told_by(source: str) -> Iterator[str]:
    """Yield the texts in a source that people read: its strings, and the docstrings of forms."""
    nodes = nodes_of(source)
    silent = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and not _is_form(node)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def _is_form(node: ast.AST) -> bool:
    """Tell whether it is a command, whose docstring stands above its form."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id not in {"StrEnum", "Protocol", "Exception"}
        for base in node.bases
    )


def wrong(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    texts = told_by(text) if path.suffix == ".py" else [text]
    return [
        sentence
        for one in texts
        for sentence in numbers_told(one)
        if not any(words in sentence for words in LAW_AND_PRODUCT)
    ]


@pytest.mark.parametrize("paths", [TEXTS, SOURCES], ids=["templates and emails", "sources"])
def test_no_text_tells_a_number_that_a_partnership_may_choose(paths: list[Path]):
    assert paths
    assert {name_of(path): found for path in paths if (found := wrong(path))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "It is sent within 15 working days of the notification.",
        "<li>The manager tells them within one working day.</li>",
        "At least seven working days after it is sent.",
        "The six months end.",
        "Each of the three safeguarding partners signs.",
        "All three partners approve it.",
    ],
)
def test_a_number_of_nobodys_is_found(text: str):
    assert list(numbers_told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Statutory guidance asks that this is done no later than seven working days before.",
        "It goes to the Panel. The law asks for at least one year.",
        "It is sent to the three bodies.",
        "Due in 9 working days.",
    ],
)
def test_what_the_framework_asks_and_what_the_policy_says_may_be_told(text: str):
    assert list(numbers_told(text, own={9})) == []
