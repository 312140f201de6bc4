"""A disagreement in a joint review: the lead has the dialogue, each side its own named leads."""

from dataclasses import replace
from datetime import date

import pytest

from services.casework.steps.rapid_review import record_writing
from services.casework.steps.sign_off import dialogue, replacement
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.decisions import signed_on_case
from services.database.history import all_of
from services.database.outbox import case_emails
from services.database.people import people_of
from services.domain.dissent import DialogueResult
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, CaseworkError
from services.domain.parties import newest_positions
from services.domain.roles import Actor, Role, Seat
from services.domain.sign_off import SignOffMatter
from services.domain.todos import ON_DISSENT, Todo
from services.web.view_models.sign_offs import MatterLine, matter_lines
from tests import factories as say
from tests.dissent_factories import NO, record_dialogue, replace_position
from tests.joint_changes import put_to_both
from tests.joint_together import Together

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


@pytest.fixture
def disputed(ready_by) -> Together:
    """What is put to both sides; over there the police disagree, and the others agree."""
    put = ready_by(put_to_both)
    put.sign_ours()
    put.sign_theirs(Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    put.sign_theirs(Seat.POLICE, **NO)
    return put


def speak(put: Together, who: Actor | Role = CHAIR, **said: object) -> None:
    held = record_dialogue(**{"held_on": "2026-01-05"} | said)
    put.driven.do(dialogue.record_dialogue, held, who, put.when)
    put.settle()


def replace_theirs(put: Together, who: Actor, case_id, **said: object) -> None:
    """Have this manager record what the police lead over there says, on this case."""
    with put.world.act(put.theirs.actor(MANAGER), put.when) as work:
        found = signed_on_case(work.session, put.theirs_case, SignOffMatter.RAPID_REVIEW)
        (no,) = [one.id for one in newest_positions(found) if one.seat is Seat.POLICE]
    with put.world.act(who, put.when) as work:
        replacement.replace_position(work, case_id, replace_position(no, **said))
    put.settle(put.theirs_case)


def confirm_theirs(put: Together) -> None:
    """Have the police lead over there disagree as well, an hour after the dialogue."""
    put.when = "2026-01-05 11:00"
    replace_theirs(put, put.theirs.actor(MANAGER), put.theirs_case, **NO)
    put.settle()


def heard(put: Together) -> list[set[Todo]]:
    """Return what each side is asked about the disagreement: ours, which leads, and theirs."""
    return [ON_DISSENT & set(put.todos(*one)) for one in both(put)]


def told(put: Together, who: Actor, case_id) -> int:
    with put.world.act(who, put.when) as work:
        (to,) = people_of(work.session, {who.person_id})
        found = case_emails(work.session, case_id)
        of_it = [one for one in found if one.event is EmailTrigger.DISAGREEMENT_TOLD]
        return sum(one.address == to.email for one in of_it)


def both(put: Together):
    return (put.world.ours, put.case_id), (put.theirs, put.theirs_case)


def test_gov_11_the_lead_is_to_resolve_it_and_nobody_else(disputed):
    """GOV-11, RR-29: the case that carries the matter has the dialogue, and it alone records it."""
    ours, theirs = (disputed.todos(*one) for one in both(disputed))
    assert Todo.RESOLVE_DISAGREEMENT in ours
    assert not ON_DISSENT & set(theirs)
    held, chair = record_dialogue(held_on="2026-01-05"), disputed.theirs.actor(CHAIR)
    with (
        pytest.raises(AnswerRefused, match="partnership that leads"),
        disputed.world.act(chair, disputed.when) as work,
    ):
        dialogue.record_dialogue(work, disputed.theirs_case, held)


def test_gov_12_each_side_replaces_the_positions_of_its_own_delegates_alone(disputed):
    """GOV-11, GOV-12: not before the lead's dialogue ended, and by nobody of another side."""
    theirs, ours = (side.actor(MANAGER) for side in (disputed.theirs, disputed.world.ours))
    with pytest.raises(CaseworkError, match="resolve it first"):
        replace_theirs(disputed, theirs, disputed.theirs_case)
    speak(disputed)
    assert all(Todo.HEAR_NAMED_LEADS in disputed.todos(*one) for one in both(disputed))
    with pytest.raises(AnswerRefused, match="does not stand"):
        replace_theirs(disputed, ours, disputed.case_id)
    assert disputed.decided_on() is None
    replace_theirs(disputed, theirs, disputed.theirs_case)
    assert disputed.decided_on() is not None
    disputed.settle()
    assert not any(ON_DISSENT & set(disputed.todos(*one)) for one in both(disputed))


def test_gov_11_a_disagreement_that_is_confirmed_or_given_later_is_spoken_about_on_both_sides(
    disputed,
):
    """GOV-11: while the lead seeks to resolve it, nobody over there is asked for named leads."""
    resolve, hear = {Todo.RESOLVE_DISAGREEMENT}, {Todo.HEAR_NAMED_LEADS}
    speak(disputed)
    assert heard(disputed) == [hear, hear]
    confirm_theirs(disputed)
    assert heard(disputed) == [resolve, set()]
    speak(disputed)
    assert heard(disputed) == [hear, hear]
    speak(disputed, result=DialogueResult.NEW_VERSION)
    assert heard(disputed) == [set(), set()]


def test_the_manager_of_each_side_is_told_when_its_leads_are_asked_by_the_day_that_waits(disputed):
    """GOV-12, K10: once for each dialogue; the day is the lead's, whose clock it is."""
    sides = [(side.actor(MANAGER), case_id) for side, case_id in both(disputed)]
    assert [told(disputed, *one) for one in sides] == [1, 0]
    speak(disputed)
    assert [told(disputed, *one) for one in sides] == [2, 1]
    confirm_theirs(disputed)
    speak(disputed)
    assert [told(disputed, *one) for one in sides] == [4, 2]
    days = set()
    for who, case_id in sides:
        with disputed.world.act(who, disputed.when) as work:
            days |= {
                one.last_day
                for one in open_assignments(work.session, case_id)
                if one.todo is Todo.HEAR_NAMED_LEADS
            }
    assert days == {date.fromisoformat(disputed.driven.due("K10"))}


def test_what_the_lead_puts_to_nobody_any_more_is_put_to_no_named_lead(disputed):
    """RR-30: the words changed; each side is asked again once they are put in another round."""
    speak(disputed)
    disputed.driven.do(record_writing.write_record, say.write_record(), CHAIR, disputed.when)
    disputed.settle()
    assert heard(disputed) == [set(), set()]


def test_the_dissent_stays_on_the_face_on_both_sides(disputed):
    """GOV-11, RR-30: who replaced it, and how the partners sought to resolve it, stands with it."""
    speak(disputed)
    replace_theirs(disputed, disputed.theirs.actor(MANAGER), disputed.theirs_case)
    for side, case_id in both(disputed):
        with disputed.world.act(side.actor(MANAGER), disputed.when) as work:
            (line,) = matter_lines(work, get_case(work.session, case_id))
            assert faces(line) == [(NO["reasons"], "The chief constable, the named lead")]
            assert len(line.way_out.dialogues) == 1
    with disputed.world.act(MANAGER, disputed.when) as work:
        told = all_of(work.session, disputed.case_id, EntryType.SIGNATURE_RECEIVED)[-1]
        assert told.command["named_lead"] == "The chief constable"


def test_what_the_lead_signed_together_is_filed_with_what_it_replaced(disputed):
    speak(disputed)
    replace_theirs(disputed, disputed.theirs.actor(MANAGER), disputed.theirs_case)
    theirs = replace(disputed.world, ours=disputed.theirs, theirs=disputed.world.ours)
    desk = replace(disputed.desk(), world=theirs)
    papers = [
        " ".join(one.split()) for one in desk.read_pdfs(disputed.theirs_case, "signed_record")
    ]
    (last,) = [one for one in papers if "Positions that a named lead replaced" in one]
    for words in (NO["reasons"], "The chief constable (named lead; put on record by", "police"):
        assert words in last


def faces(line: MatterLine) -> list[tuple[str, str]]:
    return [
        (one.before.signed.reasons, one.now.who.partition(";")[0])
        for one in line.replaced
        if one.before.signed
    ]
