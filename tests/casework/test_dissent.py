"""A disagreement opens a dated way out; it decides nothing, and nobody is outvoted (GOV-11)."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.casework.provisioning import person_id_of
from services.casework.steps import declaration
from services.casework.steps.sign_off import dialogue, replacement, sign_off
from services.database.cases import get_case
from services.database.decisions import signed_on_case
from services.domain.dissent import DialogueResult
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.parties import Party
from services.domain.roles import Actor, Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import ON_DISSENT, Todo
from services.domain.workflow import Stage, Step
from services.web.view_models.sign_offs import matter_lines
from tests import factories as say
from tests.desk import Desk
from tests.dissent_factories import (
    NO,
    given_by,
    record_dialogue,
    replace_position,
    unresolved,
)
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.reached import decision_put
from tests.world import found_on

MANAGER, CHAIR, PARTNER = (
    Role.BUSINESS_MANAGER,
    Role.REVIEW_GROUP_CHAIR,
    Role.SAFEGUARDING_PARTNER,
)
WHEN, WHY = "2026-01-05", NO["reasons"]


@pytest.fixture
def put(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, decision_put)


def asked(case: Driven) -> list[tuple[Todo, Role, str, date | None]]:
    return [
        (one.todo, one.role, one.subject, one.last_day)
        for one in case.turns()
        if one.todo in ON_DISSENT
    ]


def to_do(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def disagree(case: Driven, *seats: Seat, when: str = WHEN) -> None:
    case.sign(sign_off.sign_rapid_review, when, *seats, **NO)


def agree(case: Driven, *seats: Seat, when: str = WHEN) -> None:
    case.sign(sign_off.sign_rapid_review, when, *seats)


def speak(case: Driven, who: Role = CHAIR, when: str = WHEN, **said) -> None:
    case.do(dialogue.record_dialogue, record_dialogue(held_on=when, **said), who, when)


def replaced(case: Driven, seat: Seat, who: Role | Actor = MANAGER, when: str = WHEN, **said):
    command = replace_position(given_by(case, seat), **said)
    case.do(replacement.replace_position, command, who, when)


def lead_of_the_force(case: Driven, answers_to: str) -> Actor:
    """A second person in the police seat, to whom the delegate answers or does not."""
    side, email = case.world.ours, f"{uuid4().hex}@ours.example"
    person = side.partner_to_found(Party(side.partnership_id, Seat.POLICE))
    person = replace(person, email=email, name="Example Lead", accountable_to="the home secretary")
    delegate = replace(person, email=f"{uuid4().hex}@ours.example", name="Example Delegate")
    delegate = replace(delegate, accountable_to=answers_to)
    found_on(case.world.engine, replace(side.founding(), people=(person, delegate)))
    lead, who = (
        replace(side.partner(Seat.POLICE), person_id=person_id_of(one.email))
        for one in (person, delegate)
    )
    for one in (lead, who):
        case.do(declaration.declare, say.declare(), one, WHEN)
    agree(case, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    case.do(sign_off.sign_rapid_review, say.sign(**NO), who, WHEN)
    speak(case)
    return lead


def test_gov_11_a_disagreement_is_asked_to_be_resolved_by_a_day_before_what_waits(put):
    """GOV-11, RR-37: the chair has it, until the working day before K10 at the latest."""
    disagree(put, Seat.POLICE, when="2025-12-30 17:00")
    by = date(2026, 1, 2)
    assert asked(put) == [(Todo.RESOLVE_DISAGREEMENT, CHAIR, "rapid_review", by)]
    disagree(put, Seat.LOCAL_AUTHORITY, when="2026-01-05")
    assert asked(put) == [(Todo.RESOLVE_DISAGREEMENT, CHAIR, "rapid_review", by)]


def test_the_day_is_never_the_last_day_of_the_submission(put):
    disagree(put, Seat.POLICE, when="2026-01-07")
    assert any(one.startswith("K10 ") and "2026-01-08" in one for one in put.running())
    assert asked(put) == [(Todo.RESOLVE_DISAGREEMENT, CHAIR, "rapid_review", date(2026, 1, 7))]


def test_gov_11_a_dialogue_ends_the_step_and_decides_nothing(put):
    """GOV-11: it is put on record; the positions stay, and a new version is put to everybody."""
    agree(put, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    disagree(put, Seat.POLICE)
    speak(put, PARTNER, result=DialogueResult.NEW_VERSION)
    assert asked(put) == []
    assert put.row().decided_on is None
    assert Todo.SUBMIT not in to_do(put)
    assert Todo.PROPOSE_DECISION in to_do(put)


def test_a_new_version_takes_the_place_of_the_way_out(put):
    disagree(put, Seat.POLICE)
    put.propose(when=WHEN)
    assert asked(put) == []
    agree(put)
    assert put.row().decided_on is not None


def test_there_is_no_dialogue_where_nobody_disagrees_nor_of_another_day(put, admin_of):
    agree(put, Seat.LOCAL_AUTHORITY)
    with nothing_changes(admin_of(put), put.world):
        with pytest.raises(AnswerRefused, match="No partner disagrees"):
            speak(put)
        with pytest.raises(NotPermitted):
            speak(put, MANAGER)
    disagree(put, Seat.POLICE)
    with nothing_changes(admin_of(put), put.world):
        for day in ("2026-01-04", "2026-01-06"):
            held = record_dialogue(held_on=day)
            with pytest.raises(AnswerRefused, match="from the newest disagreement to today"):
                put.do(dialogue.record_dialogue, held, CHAIR, WHEN)


def test_gov_12_no_position_is_replaced_before_the_dialogue_ended_without_agreement(put, admin_of):
    """GOV-11, GOV-12: a lead speaks for a seat once the partners did not resolve it themselves."""
    agree(put, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    disagree(put, Seat.POLICE)
    with nothing_changes(admin_of(put), put.world), pytest.raises(StepNotOpen, match="resolve it"):
        replaced(put, Seat.POLICE)
    speak(put, result=DialogueResult.NEW_VERSION)
    with nothing_changes(admin_of(put), put.world), pytest.raises(StepNotOpen, match="resolve it"):
        replaced(put, Seat.POLICE)


def test_gov_12_a_named_lead_replaces_the_position_and_the_dissent_stays_on_the_face(put):
    """GOV-11, GOV-12, RR-30: by the newest position of every seat it is decided, on its day."""
    unresolved(put)
    assert asked(put) == [(Todo.HEAR_NAMED_LEADS, MANAGER, "rapid_review", date(2026, 1, 8))]
    assert put.row().decided_on is None
    replaced(put, Seat.POLICE, when="2026-01-06", reasons="The alert came after the injury.")
    assert put.row().decided_on == date(2026, 1, 6)
    assert asked(put) == []
    assert Todo.SUBMIT in to_do(put)
    assert Todo.PROPOSE_DECISION not in to_do(put)
    with put.world.act(CHAIR, "2026-01-06") as work:
        (line,) = matter_lines(work, get_case(work.session, put.case_id))
        assert (line.count, line.dissents, line.round) == (3, 0, 1)
        (one,) = line.replaced
        assert one.before.signed is not None
        assert (one.before.signed.reasons, one.now.who) == (
            WHY,
            "The chief constable, the named lead; put on record by Example business.manager",
        )
    desk = Desk(put.world)
    desk.carry(put.case_id, Step.SUBMIT)
    paper = " ".join(desk.read_pdfs(put.case_id, "rapid_review_record")[-1].split())
    for words in (
        "Positions that a named lead replaced",
        WHY,
        "The chief constable (named lead; put on record by",
        "The alert came after the injury.",
        "How the partners sought to resolve the disagreement",
        "It decided nothing",
    ):
        assert words in paper


def test_gov_11_leads_outvote_nobody(put):
    """GOV-11: while one seat disagrees or is silent, however many leads agree, nothing is decided.

    A lead who disagrees opens the way out again.
    """
    disagree(put, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    speak(put)
    replaced(put, Seat.POLICE)
    assert put.row().decided_on is None
    replaced(put, Seat.POLICE, named_lead="The deputy", **NO)
    assert [one[0] for one in asked(put)] == [Todo.RESOLVE_DISAGREEMENT]
    assert put.row().decided_on is None
    speak(put, when="2026-01-06")
    for seat in (Seat.POLICE, Seat.LOCAL_AUTHORITY):
        replaced(put, seat, when="2026-01-06")
        assert put.row().decided_on is None
    agree(put, Seat.INTEGRATED_CARE_BOARD, when="2026-01-06")
    assert put.row().decided_on == date(2026, 1, 6)


def test_a_disagreement_after_the_dialogue_is_spoken_about_first(put, admin_of):
    disagree(put, Seat.POLICE)
    speak(put)
    disagree(put, Seat.LOCAL_AUTHORITY, when="2026-01-06")
    assert [one[0] for one in asked(put)] == [Todo.RESOLVE_DISAGREEMENT]
    with nothing_changes(admin_of(put), put.world), pytest.raises(StepNotOpen, match="resolve it"):
        replaced(put, Seat.POLICE, when="2026-01-06")


def test_gov_12_who_records_it_names_a_lead_who_is_not_the_delegate(put, admin_of):
    """GOV-12: a delegate answers to somebody; nobody replaces a position that they gave."""
    unresolved(put)
    with nothing_changes(admin_of(put), put.world):
        with pytest.raises(AnswerRefused, match="Enter which named lead"):
            replaced(put, Seat.POLICE, named_lead=None)
        with pytest.raises(AnswerRefused, match="does not replace their own"):
            replaced(put, Seat.POLICE, named_lead="Example Police, commander")
        with pytest.raises(RuleBroken, match="that they gave themself"):
            replaced(put, Seat.POLICE, put.world.ours.partner(Seat.POLICE))
        with pytest.raises(NotPermitted, match="own lead alone"):
            replaced(put, Seat.POLICE, put.world.ours.partner(Seat.LOCAL_AUTHORITY))
    first = given_by(put, Seat.POLICE)
    replaced(put, Seat.POLICE, **NO)
    with nothing_changes(admin_of(put), put.world), pytest.raises(AnswerRefused, match="not stand"):
        put.do(replacement.replace_position, replace_position(first), MANAGER, WHEN)


def test_gov_12_a_lead_with_an_account_replaces_it_where_the_register_names_them(put):
    """GOV-12: the register says to whom the delegate answers; the lead signs for the seat."""
    lead = lead_of_the_force(put, "Example Lead, chief constable")
    replaced(put, Seat.POLICE, lead, named_lead=None)
    assert put.row().decided_on == date(2026, 1, 5)


def test_gov_12_a_second_person_in_the_seat_is_not_its_lead(put, admin_of):
    """GOV-12: a delegate who answers to somebody else is replaced by nobody else in the seat."""
    colleague = lead_of_the_force(put, "the chief constable")
    with (
        nothing_changes(admin_of(put), put.world),
        pytest.raises(RuleBroken, match="answers to the chief constable"),
    ):
        replaced(put, Seat.POLICE, colleague, named_lead=None)


def test_pub_02_a_report_has_the_same_way_out(case_at):
    """PUB-02, GOV-11: endorsed by every partner, by the newest position of each."""
    case = case_at(Stage.LOCAL_REVIEW)
    case.report().draft()
    when, report = "2026-06-01", {"matter": SignOffMatter.REPORT}
    case.sign(sign_off.sign_report, when, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    case.sign(sign_off.sign_report, when, Seat.POLICE, **NO)
    (turn,) = asked(case)
    assert turn[:3] == (Todo.RESOLVE_DISAGREEMENT, CHAIR, "report")
    speak(case, when=when, **report)
    with case.world.act(MANAGER) as work:
        found = signed_on_case(work.session, case.case_id, SignOffMatter.REPORT)
        (no,) = [one.id for one in found if one.position is Position.DISAGREES]
    assert case.stage() is Stage.LOCAL_REVIEW
    case.do(replacement.replace_position, replace_position(no), MANAGER, when)
    assert case.stage() is Stage.PUBLICATION
    assert Todo.SUBMIT_DRAFT not in to_do(case)
