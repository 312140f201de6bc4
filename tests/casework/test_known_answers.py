"""What is known is not asked again: every row of the table, and where it may stand in the form."""

from uuid import uuid4

import pytest

from services.casework.act import Entered, record_entry_as
from services.casework.acts import ACTS
from services.casework.known_answers import KNOWN_QUESTIONS, KnownQuestion, known_answers
from services.casework.steps.referral.referral import REFER
from services.database.cases import get_case
from services.domain.roles import Role
from services.web.act_pages.registry import ACT_PAGES
from services.web.forms.fields import questions
from services.web.on_record import opens_with_record
from tests import factories as say
from tests.driven import Driven
from tests.valid_commands import command_for

ROWS = {f"{one.act}.{one.question}": one for one in KNOWN_QUESTIONS}
PUT_IN = {name: one for name, one in ROWS.items() if one.field}
DAY = "2025-12-16"


def test_the_table_names_each_question_once():
    assert len(ROWS) == len(KNOWN_QUESTIONS) > 40


@pytest.mark.parametrize("name", ROWS)
def test_a_row_names_a_question_of_its_form_and_acts_that_have_answered_it(name: str):
    row = ROWS[name]
    page = ACT_PAGES[row.act]
    asked = {one.name: one for one in page.questions}
    assert row.question in asked
    assert not (row.field and row.reads)
    if not row.field and row.reads is None:
        assert opens_with_record(page), "what is only marked is put in by the form itself"
    for source in (ACTS[one] for one in row.said_in):
        if not row.field:
            continue
        assert row.field in source.content.model_fields
        said = {one.name: one for one in questions(source.command)}[row.field]
        wanted = asked[row.question]
        assert (said.kind, said.words, said.row_model) == (
            wanted.kind,
            wanted.words,
            wanted.row_model,
        )


@pytest.fixture
def on_a_case(world):
    """Return what puts an act's entry on a case, and tells what is known for another's form."""
    case_id = Driven(world).case_id
    hospital = world.ours.actor(Role.AGENCY_LEAD)

    def known_after(row: KnownQuestion, source: str) -> tuple[object, dict[str, object]]:
        said = command_for(ACTS[source], world)
        with world.act(hospital, DAY, once=uuid4()) as work:
            case = get_case(work.session, case_id)
            own = Entered(subject=str(hospital.agency_id) if row.is_own else "")
            record_entry_as(work, case, ACTS[source], said, own)
            found = {one.question: one.answer for one in known_answers(work, case, row.act)}
        return getattr(said, row.field), found

    return known_after


def test_what_one_act_has_said_stands_in_the_other_form_as_it_was_said(on_a_case):
    seen = 0
    for row in PUT_IN.values():
        for source in row.said_in:
            said, found = on_a_case(row, source)
            if said is not None:
                assert found[row.question] == said, (row.act, row.question)
                seen += 1
            else:
                assert row.question not in found
    assert seen >= 25


def test_of_a_death_in_care_the_referral_has_told_what_the_notice_asks(world):
    child = say.child(
        died_on="2025-12-10",
        cause="Not known yet.",
        harm="death",
        statuses=("looked_after",),
        legal_status="A care order",
        placement="childrens_home",
        provider="A made-up provider",
    )
    case_id = Driven(world, say.refer(children=(child,))).case_id
    with world.act(Role.NOTIFIER, DAY) as work:
        case = get_case(work.session, case_id)
        found = {
            one.question: one for one in known_answers(work, case, "record_looked_after_death")
        }
    assert found["placement"].answer == "Children's home or residential school, A made-up provider"
    assert "are order" in found["legal_status"].answer
    assert {one.called for one in found.values()} == {"the referral"}
    assert REFER.name in ROWS["record_looked_after_death.cause"].said_in
