"""A sentence of the code names the rule that it rests on in brackets behind it, and nowhere else.

So it can be said without (`services/domain/cited.py`); which pages do is tried where pages are.
"""

import ast
import re
from pathlib import Path

import pytest

from services.domain.cited import cites_a_rule, plainly, rules_cited, rules_gathered
from services.domain.errors import RuleBroken
from services.domain.labels.cited_templates import SAYS, template_without_rules
from services.domain.plain_text import without_rules
from services.domain.rule_words import in_words, rule_in_words
from services.web.forms.parsing import Problem
from tests.architecture.test_own_words import TEMPLATES
from tests.page_words import A_RULE
from tests.source_files import nodes_of

ROOT = Path(__file__).parents[2] / "services"
# Sources, ids in tables, and what only developers read.
OF_NO_PAGE = {
    "casework/steps/publication/days_against.py",
    "database/migrations",
    "domain/clocks/rules.py",
    "domain/clocks/versions.py",
    "domain/documents.py",
    "domain/emails.py",
    "domain/dispatches.py",
    "domain/rule_words",
}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def sentences(text: str) -> list[str]:
    """Return the strings of a source text that are no documentation of it."""
    nodes = nodes_of(text)
    noted = {
        id(one.body[at].value)
        for one in nodes
        if isinstance(one, DOCUMENTED)
        for at in range(len(one.body))
        if isinstance(one.body[at], ast.Expr)
    }
    return [
        one.value
        for one in nodes
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in noted
    ]


def test_no_sentence_of_the_code_says_a_rule_but_in_brackets_behind_it():
    found = {
        f"{name}: {said[:80]}"
        for one in sorted(ROOT.rglob("*.py"))
        if not (name := one.relative_to(ROOT).as_posix()).startswith(tuple(OF_NO_PAGE))
        for said in sentences(one.read_text())
        if A_RULE.search(without_rules(f" {said}")) and not A_RULE.fullmatch(said)
    }
    assert found == set()


def test_every_rule_that_is_cited_stands_in_words():
    """What is behind "why" is there, for each that code and templates cite."""
    code = (said for one in ROOT.rglob("*.py") for said in sentences(one.read_text()))
    cited: set[str] = set()
    for one in (*code, *(one.read_text() for one in TEMPLATES)):
        with rules_gathered():
            plainly(one)
            cited |= set(rules_cited())
    assert len(cited) > 150
    assert sorted(id_ for id_ in cited if rule_in_words(id_) is None) == []


def test_what_a_template_says_of_a_rule_is_kept_apart():
    said = [template_without_rules(one.read_text()) for one in TEMPLATES]
    apart = [re.sub(rf"{SAYS}\((['\"]).*?\1\)", "", one) for one in said]
    assert [one for one in apart if cites_a_rule(one)] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>It waits (RR-50).</p>", '<p>It waits{{ plainly(" (RR-50)") }}.</p>'),
        ("{{ a({'text': 'It waits (K7)'}) }}", "{{ a({'text': plainly('It waits (K7)')}) }}"),
        ("{# (RR-50) #}{{ it }} (see)", "{# (RR-50) #}{{ it }} (see)"),
    ],
)
def test_a_template_says_its_own_text_without_rules(source, said):
    assert template_without_rules(source) == said


def test_a_refusal_is_shown_without_its_rule_which_is_gathered():
    with rules_gathered():
        problem = Problem("", str(RuleBroken("Accept the meeting pack first (G3, RR-13).")))
        assert problem.message == "Accept the meeting pack first."
        assert [one.id for one in in_words(rules_cited())] == ["G3", "RR-13"]
    assert rules_cited() == ()
    assert plainly("Nobody gathers (GOV-11).") == "Nobody gathers."
