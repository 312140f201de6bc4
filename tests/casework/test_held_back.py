"""What another process holds back of asking and showing is looked at where one asks or shows."""

from typing import Any
from uuid import UUID

import pytest

from services.casework.act import Act
from services.casework.commands import Command
from services.casework.steps.families.approach import agree_family_approach
from services.casework.steps.families.contacts import RECORD_FAMILY_CONTACT
from services.casework.steps.families.draft_shared import RECORD_DRAFT_SHARED
from services.casework.steps.families.involvement import (
    DECIDE_INVOLVEMENT,
    decide_involvement,
    involvement_on_record,
)
from services.casework.steps.families.relatives import relatives
from services.casework.steps.learning_event.conversations import RECORD_CONVERSATION
from services.casework.steps.learning_event.planning import PLAN_LEARNING_EVENT
from services.casework.steps.local_review.agency_reports import REQUEST_REPORTS
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.further_items import ASK_FOR_MORE
from services.casework.steps.other_reviews.processes import change_process, record_process
from services.casework.steps.other_reviews.register import processes_on
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.other_reviews import register_beside
from tests import factories as say
from tests import family_factories as family
from tests import learning_factories as event
from tests import process_factories as beside
from tests.driven import Driven
from tests.marked import Marked
from tests.report_factories import ask_for_more
from tests.team_factories import meet_as_team
from tests.words import SAID
from tests.world import SCHOOL

MANAGER, REVIEWER = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER
WHEN, LATE = "2026-02-03", "2026-05-04"
HELD = (
    {"holds_back": "asked", "words": "The night itself", "until": "The plea"},
    {"holds_back": "shown", "words": "The account of a witness", "until": "The verdict"},
)
TRIAL = {"kind": "criminal", "called": "R v A", "state": "under_way", "constraints": HELD}
FOR_FAMILY = {"step": "family", "effect": "The officer in the case is asked first."}


def process_of(case: Driven) -> UUID:
    with case.world.act(MANAGER, LATE) as work:
        return processes_on(work, case.case_id)[0].id


def record(case: Driven, when: str = WHEN, **said: Any) -> None:
    case.do(record_process, beside.record_process(**TRIAL | said), MANAGER, when)


def change(case: Driven, **said: Any) -> None:
    told = beside.record_process(**TRIAL).model_dump() | said
    case.do(change_process, beside.change_process(process_of(case), **told), MANAGER, LATE)


def person_of(case: Driven) -> UUID:
    with case.world.act(MANAGER, LATE) as work:
        return relatives(work, get_case(work.session, case.case_id))[0].id


def asking(case: Driven) -> dict[Act, tuple[Role, Command]]:
    """Return what each act that asks somebody says, with nothing of what is held back."""
    later = ({**event.SITTING, "held_on": "2026-06-01"},)
    views = {"about": ("their_views",), "beside_event": "before"}
    return {
        PLAN_LEARNING_EVENT: (
            MANAGER,
            event.plan_learning_event(case.agency(), sittings=later),
        ),
        RECORD_CONVERSATION: (REVIEWER, event.record_conversation(case.agency())),
        REQUEST_REPORTS: (
            MANAGER,
            say.request_reports(case.agency(), due="2026-06-01", left_out=SAID),
        ),
        ASK_FOR_MORE: (REVIEWER, ask_for_more(case.agency(SCHOOL))),
        RECORD_FAMILY_CONTACT: (MANAGER, family.record_family_contact(person_of(case), **views)),
    }


def refused(case: Driven, act: Act, who: Role, command: Command) -> str:
    with pytest.raises(AnswerRefused) as found:
        case.do(act.perform, command, who, LATE)
    assert found.value.field == "heeded", act.name
    return str(found.value)


def invite_one(case: Driven, **said: Any) -> UUID:
    """Have the first of the family invited."""
    case.do(agree_family_approach, family.agree_family_approach(), MANAGER, WHEN)
    invited = family.decide_involvement(person_of(case), **said)
    case.do(decide_involvement, invited, MANAGER, WHEN)
    return invited.person


def test_who_asks_what_is_held_back_says_how_that_is_kept_to(case_at):
    """LC-17, LC-20, FAM-03: it is asked for once, while the process goes on, and stops nothing."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    invite_one(case)
    asked = say.request_reports(case.agency(SCHOOL), due="2026-06-01")
    case.do(REQUEST_REPORTS.perform, asked, MANAGER, WHEN)
    commands = asking(case)
    for act, (who, command) in commands.items():
        with pytest.raises(AnswerRefused, match="leave this empty"):
            case.do(act.perform, command.model_copy(update={"heeded": SAID}), who, LATE)
    record(case)
    for act, (who, command) in commands.items():
        told = refused(case, act, who, command)
        assert "R v A, until The plea: The night itself" in told
        assert "witness" not in told, "what may not be shown may be asked"
    for act, (who, command) in commands.items():
        case.do(act.perform, command.model_copy(update={"heeded": SAID}), who, LATE)
    change(case, state="ended", since="2026-05-01")
    spoken = event.record_conversation(case.agency(), heeded=None)
    case.do(RECORD_CONVERSATION.perform, spoken, REVIEWER, LATE)


def test_a_draft_that_is_shown_to_the_family_keeps_to_what_may_not_be_shown(case_at):
    """LC-17, FAM-11: one that is not shared owes nothing."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    person = invite_one(case)
    views = {"about": ("their_views",), "beside_event": "before"}
    told = family.record_family_contact(person, **views)
    case.do(RECORD_FAMILY_CONTACT.perform, told, MANAGER, WHEN)
    case.report("2026-04-01").do(submit_draft, say.submit_draft(), REVIEWER, "2026-05-01")
    record(case, LATE)
    shared = family.record_draft_shared(person, shared_on="2026-05-01")
    assert "account of a witness" in refused(case, RECORD_DRAFT_SHARED, MANAGER, shared)
    kept = shared.model_copy(update={"heeded": SAID})
    case.do(RECORD_DRAFT_SHARED.perform, kept, MANAGER, LATE)


def test_where_a_mark_hides_part_of_the_register_somebody_else_confirms_it(case_at):
    """LC-17: the hidden words are not told; that there are some is, as for publication."""
    lent = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    case = Marked.of(lent.world, lent.case_id)
    record(case)
    process = case.entry(EntryType.PROCESS_RECORDED)
    case.mark(case.police(), LATE, about=process, section=None)
    spoken = event.record_conversation(case.agency())
    told = refused(case, RECORD_CONVERSATION, REVIEWER, spoken)
    assert "A mark hides" in told
    assert "night" not in told
    confirmed = spoken.model_copy(update={"heeded": SAID})
    case.do(RECORD_CONVERSATION.perform, confirmed, REVIEWER, LATE)


def test_what_a_process_means_for_a_step_stands_beside_the_forms_of_that_step(case_at):
    """LC-20: an inspection is one of them; what is over means nothing for any step."""
    case = case_at(Stage.LOCAL_REVIEW)
    record(case, kind="inspection", called="Ofsted", effects=(FOR_FAMILY,))
    with case.world.act(MANAGER, LATE) as work:
        row = get_case(work.session, case.case_id)
        beside_family = register_beside(work, DECIDE_INVOLVEMENT, row)
        beside_request = register_beside(work, REQUEST_REPORTS, row)
    assert [(one.label, one.text) for one in beside_family.for_this_step] == [
        (
            "Inspection by Ofsted or another inspectorate: Ofsted",
            "The officer in the case is asked first.",
        )
    ]
    assert beside_request.for_this_step == ()
    change(case, kind="inspection", called="Ofsted", effects=(FOR_FAMILY,), state="ended")
    with case.world.act(MANAGER, LATE) as work:
        row = get_case(work.session, case.case_id)
        assert register_beside(work, DECIDE_INVOLVEMENT, row).for_this_step == ()


def test_who_waits_for_a_process_is_spoken_to_once_it_has_ended(case_at):
    """FAM-03, FAM-05: the wait ends with the process, and the business manager is asked."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    record(case, constraints=())
    process = process_of(case)
    waits = ({"process": process, "source": "The senior investigating officer"},)
    person = invite_one(case, waits=waits)
    early = family.record_family_contact(person, held_on="2026-04-30")
    with pytest.raises(AnswerRefused, match="FAM-03"):
        case.do(RECORD_FAMILY_CONTACT.perform, early, MANAGER, LATE)
    case.do(
        change_process,
        beside.change_process(process, **TRIAL | {"called": "R v B", "constraints": ()}),
        MANAGER,
        LATE,
    )
    assert Todo.SPEAK_WITH_FAMILY not in {one.todo for one in case.turns()}
    change(case, called="R v B", constraints=(), state="ended", since="2026-05-01")
    asked = [one.subject for one in case.turns() if one.todo is Todo.SPEAK_WITH_FAMILY]
    assert asked == [str(person)]
    with pytest.raises(AnswerRefused, match="FAM-03"):
        case.do(RECORD_FAMILY_CONTACT.perform, early, MANAGER, LATE)
    now = family.record_family_contact(person, held_on="2026-05-02")
    case.do(RECORD_FAMILY_CONTACT.perform, now, MANAGER, LATE)
    assert Todo.SPEAK_WITH_FAMILY not in {one.todo for one in case.turns()}


def test_a_wait_keeps_the_name_of_its_process_and_waits_for_none_that_is_over(case_at):
    """FAM-03: the form opens with the process by its id, as long as it goes on."""
    case = case_at(Stage.LOCAL_REVIEW)
    record(case, constraints=())
    waits = ({"process": process_of(case), "source": "The senior investigating officer"},)
    person = invite_one(case, waits=waits)
    with case.world.act(MANAGER, LATE) as work:
        row = get_case(work.session, case.case_id)
        (kept,) = all_of(work.session, case.case_id, EntryType.INVOLVEMENT_DECIDED)
        assert kept.command["waits"][0]["process"].endswith("R v A")
        said = involvement_on_record(work, row, str(person))
    assert said.waits[0].process == waits[0]["process"]
    change(case, constraints=(), state="ended", since="2026-05-01")
    again = family.decide_involvement(person, waits=waits)
    with pytest.raises(AnswerRefused, match="are over"):
        case.do(decide_involvement, again, MANAGER, LATE)
