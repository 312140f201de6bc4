"""Whether every act of the product is done in a journey, and its example fits its form."""

import ast
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from services.casework.acts import ACTS
from services.casework.commands import Command, Kind
from services.casework.steps.family import as_person
from services.casework.steps.referral.referred import Referral
from services.domain.roles import Permission
from services.domain.workflow import Step
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.forms.fields import Choice, Question
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from services.web.rendering import pages
from tests.acceptance.acts import OF_FILES, example_answers, path_of, step_of, title_of
from tests.acceptance.answers import Answers, fill_in
from tests.acceptance.branches import awareness, joint_lcspr, siblings, unborn, unreviewed
from tests.acceptance.chaos import STRIKES
from tests.acceptance.chapters import notify
from tests.acceptance.pages import parse_page
from tests.valid_commands import Ids, example

CHOSEN = UUID(int=7)
OF_IDS = {
    Kind.AGENCY,
    Kind.AGENCIES,
    Kind.PERSON,
    Kind.PEOPLE,
    Kind.THINGS,
    Kind.EMAIL,
    Kind.PARTNERSHIP,
    Kind.GRANT,
    Kind.PROPOSAL,
    Kind.COMMENT,
    Kind.SHOWN_DOCUMENT,
    Kind.ENTRY,
    Kind.MARK,
    Kind.DISPATCH,
    Kind.KEPT_FILE,
}
HERE = Path(__file__).parent
# Acts that need what no journey brings about: an email that a server refuses.
NOT_IN_A_JOURNEY = {"settle_email"}
# Acts of two partnerships that the joint journeys do not take yet.
OF_TWO: set[str] = set()
NOT_READ_BACK = OF_FILES | {"settle_email"}
OF_PEOPLE = [name for name, act in ACTS.items() if act.permission is not Permission.CARRY_CASES]


def texts_of_the_journeys() -> set[str]:
    sources = [*(HERE / "chapters").glob("*.py"), *(HERE / "branches").glob("*.py")]
    nodes = (node for path in sources for node in ast.walk(ast.parse(path.read_text())))
    return {node.value for node in nodes if isinstance(node, ast.Constant)}


def test_every_act_of_the_product_is_done_in_a_journey():
    assert set(OF_PEOPLE) - texts_of_the_journeys() == NOT_IN_A_JOURNEY | OF_TWO


def test_every_strike_comes_at_an_act():
    assert {strike.act for strike in STRIKES} <= set(ACTS)


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_every_act_has_a_page_a_title_and_a_step(name):
    assert path_of(name)
    assert title_of(name)
    assert step_of(name) in Step


def served_form(page: ActPage) -> str:
    """Return the form as its template shows it, with one choice for each id, in round 1."""
    offered = dict.fromkeys(choices_of_ids(page.questions), (Choice(str(CHOSEN), "Chosen"),))
    first_round = {one.name: (Choice("1", ""),) for one in page.questions if one.kind is Kind.SHOWN}
    macros = pages().get_template("parts/form.html").module
    shown = show(page.questions, offered | first_round)
    asked = "".join(macros.question(field) for field in shown.fields)
    return f'<form method="post" action="">{asked}</form>'


def choices_of_ids(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        if question.kind in OF_IDS:
            yield question.name
        yield from (f"{question.name}.{name}" for name in choices_of_ids(question.rows))


def read_back(page: ActPage, html: str, answers: Answers) -> Command:
    """Return the command that the product reads from the form, filled in with these answers."""
    filled = fill_in(parse_page(html).form_to(""), answers)
    posted = Posted({name: tuple(values) for name, values in filled.fields.items()})
    read_answers = read(page.questions, posted, None)
    command = understand(page.act.command, page.questions, read_answers)
    assert isinstance(command, Command), command
    return command


@pytest.mark.in_turns
@pytest.mark.parametrize("name", [name for name in OF_PEOPLE if name not in NOT_READ_BACK])
def test_the_example_of_every_act_fits_its_form_and_is_read_back_unchanged(name):
    page = ACT_PAGES[name]
    command = read_back(page, served_form(page), example_answers(name))
    assert command == example(ACTS[name], Ids(CHOSEN, CHOSEN, CHOSEN, CHOSEN))


INCIDENTS = [
    review.incident
    for review in (
        awareness.FRIDAY_NIGHT,
        siblings.DEATH,
        unborn.UNBORN,
        unreviewed.DISPUTED,
        unreviewed.LOOKED_AFTER,
        joint_lcspr.HERE,
    )
]


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.happened_on)
@pytest.mark.parametrize("name", ["refer", "correct_referral"])
def test_what_a_journey_refers_fits_the_form_and_nothing_in_it_is_in_doubt(name, incident):
    page, answers = ACT_PAGES[name], {**example_answers(name), **notify.referral(incident)}
    if name == "correct_referral":
        answers.pop("aware_at", None)
    command = read_back(page, served_form(page), answers)
    assert isinstance(command, Referral)
    on = command.incident_on
    assert [doubt for one in command.subjects for doubt in one.doubts(on)] == []
    assert len(command.children) == 1 + len(incident.siblings)
    family = [as_person(one, command.children, on) for one in command.family_members]
    assert [doubt for one in family for doubt in one.doubts(on)] == []
    assert len(family) == 1 + len(incident.household)
