"""One teller: what was answered reads the same on pages and on paper, each under its own names."""

from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.casework.act import Act
from services.casework.acts import ACTS
from services.casework.answers_as_text import as_answers, as_section, as_tables, ids_in, text_of
from services.casework.commands import Command, RowForEach
from services.domain.roles import Permission
from services.domain.workflow import Outcome
from services.web.forms.fields import questions
from tests import factories
from tests.valid_commands import Ids, example

AGENCY, REVIEWER, OTHER = (UUID(int=number) for number in (1, 2, 3))
NAMES = {AGENCY: "Vale School", REVIEWER: "Example Reviewer"}
TOLD = [
    act
    for act in ACTS.values()
    if act.name not in {"add_file", "add_own_file", "settle_email"}
    and act.permission is not Permission.CARRY_CASES
]


def command_of(act: Act) -> Command:
    return example(act, Ids(AGENCY, REVIEWER, OTHER))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        ("As typed.", "As typed."),
        (date(2026, 7, 17), "Friday 17 July 2026"),
        (datetime(2026, 7, 17, 21, 40, tzinfo=UTC), "Friday 17 July 2026 at 10:40pm"),
        (datetime(2026, 1, 17, 0, 0, tzinfo=UTC), "Saturday 17 January 2026 at 12am"),
        (Outcome.NATIONAL_REVIEW, "Recommend a national review"),
        (AGENCY, "Vale School"),
        (OTHER, str(OTHER)),
        ((AGENCY, REVIEWER), "Vale School, Example Reviewer"),
        ((), ""),
    ],
)
def test_each_kind_of_value_has_one_text(value: object, text: str):
    assert text_of(value, NAMES) == text


@pytest.mark.parametrize("act", TOLD, ids=lambda act: act.name)
def test_what_was_answered_is_told_under_the_titles_of_the_form(act: Act):
    command = command_of(act)
    asked = questions(type(command))
    told = list(as_answers(command, NAMES))
    titles = tuple({one.label for one in asked} | {row.label for one in asked for row in one.rows})
    assert [answer.label for answer in told if not answer.label.endswith(titles)] == []
    assert all(answer.text for answer in told)
    given = [one for one in asked if getattr(command, one.name) not in (None, "", ())]
    plain = [one.label for one in given if not one.rows]
    assert [answer.label for answer in told if answer.label in plain] == plain


@pytest.mark.parametrize("act", TOLD, ids=lambda act: act.name)
def test_a_page_and_a_paper_tell_the_same(act: Act):
    command = command_of(act)
    told = list(as_answers(command, NAMES))
    section, tables = as_section("", command, NAMES), as_tables(command, NAMES)
    rows = [row for part in tables for row in (part.table.rows if part.table else [part.items])]
    cells = [cell for row in rows for cell in row if cell]
    paper = Counter([*(answer.text for answer in section.answers), *cells])
    page = Counter(answer.text for answer in told)
    assert page - paper == Counter()
    assert set(paper - page) <= {answer.label.partition(": ")[0] for answer in told}


def test_rows_are_told_under_their_number():
    actions = factories.propose_plan(AGENCY).actions
    command = factories.propose_plan(AGENCY, actions=(*actions, *actions))
    told = [answer.label.partition(": ")[0] for answer in as_answers(command, NAMES)]
    assert [label for label in dict.fromkeys(told) if label.startswith("Action ")] == [
        "Action 1",
        "Action 2",
    ]


def test_rows_that_are_given_are_told_under_what_they_are_given_for():
    command = factories.answer_criteria()
    told = [answer.label for answer in as_answers(command, NAMES)]
    lists = [one for one in questions(type(command)) if isinstance(one.layout, RowForEach)]
    assert lists
    for rows in lists:
        for row in getattr(command, rows.name):
            given = text_of(getattr(row, rows.layout.field), NAMES)
            assert any(label.startswith(f"{given}: ") for label in told)


def test_the_ids_of_a_command_are_found_in_its_rows_too():
    assert ids_in(factories.propose_plan(AGENCY)) == {AGENCY}
    assert ids_in(factories.appoint_reviewer(REVIEWER)) == {REVIEWER}
    assert ids_in(factories.close()) == set()
