"""Other reviews and proceedings beside a case: a register from scoping on (PAR-01 to PAR-04)."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps import return_correction
from services.casework.steps.local_review import delay
from services.casework.steps.other_reviews import liaison, processes, requirements
from services.casework.steps.scoping import scoping, scoping_returns
from services.database.cases import get_case
from services.database.due_work import orders
from services.database.history import facts
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.web.act_pages.registry import ACT_PAGES
from services.web.view_models.other_reviews import RegisterView, register_beside, register_view
from tests import factories as say
from tests.driven import Driven
from tests.marked import Marked
from tests.process_factories import (
    SETTLED,
    change_process,
    list_requirements,
    record_liaison,
    record_process,
)
from tests.road_of_the_register import keep_register, on_register
from tests.scoping_factories import correct_return
from tests.world import HOSPITAL

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
WHEN = "2025-12-15"


@pytest.fixture
def case(one_world) -> Driven:
    return Driven(one_world)


def recorded(case: Driven, **said: object) -> Driven:
    case.do(processes.record_process, record_process(**said), MANAGER, WHEN)
    return case


def view(case: Driven, who: Role = MANAGER, **where) -> RegisterView | None:
    with case.world.act(who, WHEN, **where) as work:
        return register_view(work, get_case(work.session, case.case_id))


def names(case: Driven, who: Role = MANAGER, **where) -> list[str]:
    found = view(case, who, **where)
    return [one.name for one in found.processes] if found else []


def terms_of(case: Driven, version: int = 1) -> tuple[PaperSection, ...]:
    with case.world.act(MANAGER) as work:
        which = {"kind": "terms_of_reference", "version": version}
        order = DocumentOrder.model_validate(orders(work, case.case_id, which)[0])
        return build(work, case.case_id, order, BUILDERS).paper.sections


@pytest.mark.parametrize("goes_first", ["this_review", "other_process", "side_by_side"])
@pytest.mark.parametrize("left_out", ["agreed_by", "agreed_on"])
def test_par_03_which_goes_first_is_agreed_by_somebody_on_a_day(case, goes_first, left_out):
    """PAR-03: the two arrangements agree primacy; without who agreed it nothing is kept."""
    said = SETTLED | {"goes_first": goes_first, left_out: None}
    with pytest.raises(AnswerRefused) as found:
        recorded(case, **said)
    assert found.value.field == left_out
    recorded(case, **SETTLED | {"goes_first": goes_first})
    (one,) = on_register(case)
    assert one.said.goes_first == goes_first


def test_par_03_nobody_agreed_what_is_not_settled(case):
    with pytest.raises(AnswerRefused, match="leave out who agreed it"):
        recorded(case, agreed_by="The chairs")


@pytest.mark.parametrize("field", ["since", "agreed_on"])
def test_nothing_is_recorded_of_days_to_come(case, field):
    with pytest.raises(AnswerRefused, match="not in the future"):
        recorded(case, **SETTLED | {field: "2025-12-16"})


def test_a_process_of_another_kind_says_what_it_is(case):
    """PAR-02 and PAR-04 name theirs; of others, such as an inspection, the kind says nothing."""
    with pytest.raises(AnswerRefused, match="Say what it is"):
        recorded(case, kind="other", called=None)
    recorded(case, kind="mappa", called=None)
    recorded(case, kind="other", called="Family proceedings")
    assert [one.partition(":")[2] for one in names(case)] == ["", " Family proceedings"]


def test_a_change_says_it_anew_and_the_former_entry_stays(case):
    recorded(case)
    recorded(case, kind="criminal", called=None)
    (one, other) = on_register(case)
    case.do(processes.change_process, change_process(one.id), CHAIR, WHEN)
    now = on_register(case)
    assert [each.id for each in now] == [one.id, other.id]
    assert now[0].said.state == "under_way"
    assert now[1].said == other.said
    with case.world.act(MANAGER) as work:
        types = (EntryType.PROCESS_RECORDED, EntryType.PROCESS_CHANGED)
        assert len(facts(work.session, case.case_id, *types)) == 3
    with pytest.raises(AnswerRefused, match="what is on record"):
        case.do(processes.change_process, change_process(one.id), CHAIR, WHEN)


def test_one_that_has_ended_is_told_as_ended_and_holds_no_joint_report(case):
    recorded(case, **SETTLED)
    (one,) = on_register(case)
    ended = change_process(one.id, state="ended")
    case.do(processes.change_process, ended, MANAGER, WHEN)
    found = view(case)
    assert found is not None
    assert [each.is_over for each in found.processes] == [True]
    with pytest.raises(AnswerRefused, match="joint report"):
        case.do(requirements.list_requirements, list_requirements(one.id), MANAGER, WHEN)


def test_lc_20_the_requirements_of_a_joint_report_are_listed_and_those_not_met_counted(case):
    """LC-20: each process's key requirements are identified, and met; an open one stops nobody."""
    recorded(case)
    (one,) = on_register(case)
    with pytest.raises(AnswerRefused, match="joint report"):
        case.do(requirements.list_requirements, list_requirements(one.id), MANAGER, WHEN)
    case.do(processes.change_process, change_process(one.id), MANAGER, WHEN)
    none = list_requirements(one.id, requirements=())
    with pytest.raises(AnswerRefused, match="at least one"):
        case.do(requirements.list_requirements, none, MANAGER, WHEN)
    case.do(requirements.list_requirements, list_requirements(one.id), MANAGER, WHEN)
    assert [each.unmet for each in on_register(case)] == [1]
    met = tuple(
        {"requirement": each.requirement, "met_by": "Chapter 4"}
        for each in on_register(case)[0].requirements
    )
    every = list_requirements(one.id, requirements=met)
    case.do(requirements.list_requirements, every, MANAGER, WHEN)
    assert [each.unmet for each in on_register(case)] == [0]


def test_lc_17_a_contact_with_the_prosecution_is_kept_from_scoping_on(case):
    """LC-17: scope and methods are negotiated at the outset, before there are terms."""
    recorded(case, kind="criminal", called="Operation X")
    (one,) = on_register(case)
    spoken = record_liaison(process=one.id)
    case.do(liaison.record_liaison, spoken, PARTNER, WHEN, seat=Seat.POLICE)
    found = view(case)
    assert found is not None
    (told,) = found.contacts
    said = {each.label: each.text for each in told.said}
    assert said["About which process?"] == "Criminal investigation or proceedings: Operation X"
    nowhere, later = record_liaison(process=case.case_id), record_liaison(held_on="2025-12-16")
    with pytest.raises(AnswerRefused, match="on record"):
        case.do(liaison.record_liaison, nowhere, MANAGER, WHEN)
    with pytest.raises(AnswerRefused, match="future"):
        case.do(liaison.record_liaison, later, MANAGER, WHEN)


def test_the_terms_tell_what_is_on_record_and_no_legal_advice(case):
    """Doc 6: parallel and criminal processes; advice of a lawyer is in no paper (LC-12, LC-20)."""
    keep_register(case.decide().notify())
    advice = record_liaison(whom="legal_adviser", outcome="Privileged.")
    case.do(liaison.record_liaison, advice, MANAGER, "2025-12-16")
    with case.world.act(MANAGER) as work:
        kept = facts(work.session, case.case_id, EntryType.LIAISON_RECORDED)
    assert [one.section for one in kept] == [Section.TERMS, Section.INTERNAL]
    case.scope().review().answer().commission()
    recorded_later = record_process(kind="coroner", called="An inquest that came later")
    case.do(processes.record_process, recorded_later, MANAGER, "2026-02-04")
    parts = terms_of(case)
    text = str(parts)
    for words in ("Safeguarding adult review: SAR-7", "The plea", "Chapter 3", "Not yet"):
        assert words in text
    assert "Contacts about other proceedings" in {one.heading for one in parts}
    assert not [one for one in ("Privileged.", "came later") if one in text]


def test_it_is_shown_where_scoping_the_meeting_a_delay_and_publication_are_decided(case):
    """LC-16, LC-20: what was recorded stands on the pages, and is not asked for again."""
    recorded(case)
    shown = set()
    with case.world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        for name, page in ACT_PAGES.items():
            found = register_beside(work, page.act, row)
            if found is not None:
                assert [one.name for one in found.processes] == ["Safeguarding adult review: SAR-7"]
                shown.add(name)
    assert shown >= {
        *("request_returns", "hold_meeting", "agree_terms", "record_delay"),
        *("plan_publication", "withhold_report", "publish", "sign_publication", "sign_report"),
    }
    assert "upload" not in shown


def test_what_the_referral_and_the_child_death_review_say_is_shown_and_not_asked_again(one_world):
    found = view(Driven(one_world, say.refer("death", aware_at="2025-12-11")))
    assert found is not None
    assert found.is_empty
    assert [one.label for one in found.told_before] == [
        "Police, by the referral",
        "Coroner, by the referral",
    ]


def test_doc_2_what_an_agency_knows_of_is_shown_from_its_return_as_it_stands(case):
    """Doc 2, LC-20: other processes that an agency told of are not asked for again."""
    case.decide().notify()
    case.do(scoping.request_returns, say.request_returns(case.agency(HOSPITAL)), MANAGER, WHEN)
    told = say.submit_return(processes="A disciplinary procedure, since May.")
    case.do(scoping_returns.submit_return, told, Role.AGENCY_LEAD, WHEN, agency=HOSPITAL)
    found = view(case)
    assert found is not None
    said = {one.label: one.text for one in found.told_before}
    assert said[f"{HOSPITAL}, in its return"] == "A disciplinary procedure, since May."
    newer = correct_return(processes="It ended in June.")
    case.do(return_correction.correct_return, newer, Role.AGENCY_LEAD, WHEN, agency=HOSPITAL)
    found = view(case)
    assert found is not None
    said = {one.label: one.text for one in found.told_before}
    assert said[f"{HOSPITAL}, in its return"] == "It ended in June.", "as corrected"


@pytest.mark.parametrize("who", [Role.REVIEW_GROUP_MEMBER, Role.AGENCY_LEAD])
def test_who_reads_nothing_of_the_family_reads_no_register(case, who):
    """It names people under investigation: who reads of the family reads it (rules.md 4)."""
    recorded(case)
    assert names(case) == ["Safeguarding adult review: SAR-7"]
    assert view(case, who) is None


def test_a_marked_process_is_hidden_and_so_is_what_is_said_of_it_later(one_world):
    """A police mark on a process is carried to its change, its contacts and its requirements."""
    case = Marked(one_world)
    recorded(case)
    entry = case.entry(EntryType.PROCESS_RECORDED)
    listed = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
    case.mark(about=entry, section=None, seats=listed, when=WHEN)
    (one,) = on_register(case)
    case.do(liaison.record_liaison, record_liaison(process=one.id), MANAGER, WHEN)
    case.do(processes.change_process, change_process(one.id), MANAGER, WHEN)
    case.do(requirements.list_requirements, list_requirements(one.id), MANAGER, WHEN)
    seen, hidden = view(case), view(case, CHAIR)
    assert seen is not None
    assert hidden is not None
    assert (len(seen.processes), len(seen.contacts)) == (1, 1)
    assert hidden.is_empty
    choice = change_process(one.id, state="ended")
    with case.world.act(CHAIR, WHEN) as work, pytest.raises(AnswerRefused, match="on record"):
        processes.change_process(work, case.case_id, choice)


def test_of_a_process_whose_newest_entry_is_marked_the_older_one_is_not_told_as_if_it_stood(
    one_world,
):
    case = Marked(one_world)
    recorded(case)
    (one,) = on_register(case)
    case.do(processes.change_process, change_process(one.id), MANAGER, WHEN)
    newest, police = case.entry(EntryType.PROCESS_CHANGED), (ListedSeat.POLICE,)
    case.mark(about=newest, section=None, seats=police, when=WHEN)
    assert names(case, CHAIR) == []
    assert names(case, PARTNER, seat=Seat.POLICE) == ["Safeguarding adult review: SAR-7"]


def test_par_02_a_death_at_16_is_said_to_be_one_that_two_reviews_may_look_at(one_world):
    """PAR-02: a person of 16 or 17 can fall under a domestic homicide review and an LCSPR."""
    note = ACT_PAGES["record_process"].note
    assert note is not None
    notes = []
    for born_on in ("2009-12-10", "2009-12-11"):
        child = say.child(born_on=born_on, harm="death")
        case = Driven(one_world, say.refer(children=(child,), aware_at="2025-12-11"))
        with case.world.act(MANAGER, WHEN) as work:
            notes.append(note(work, get_case(work.session, case.case_id)))
    assert "domestic homicide review" in notes[0]
    assert notes[1] == ""


def test_a_delay_is_recorded_whatever_goes_on_beside_it(case):
    """LC-15, LC-16: other proceedings are no reason of themselves, and refuse no act."""
    recorded(case, kind="criminal", called=None)
    case.decide().notify().scope().review().answer()
    case.do(delay.record_delay, say.record_delay(), MANAGER, "2026-02-02")
