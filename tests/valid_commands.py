"""For each act of the product: a command that it takes, and a role in which it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.casework.act import Act
from services.casework.acts import ACTS
from services.casework.commands import Command
from services.domain.police_marks import ListedSeat
from services.domain.roles import ROLE_PERMISSIONS, Permission, Role
from services.domain.todos import TODO
from tests import (
    anonymity_factories,
    attendance_factories,
    changed_factories,
    communications_factories,
    death_factories,
    dispatch_factories,
    dissent_factories,
    factories,
    family_factories,
    feedback_factories,
    guest_factories,
    interest_factories,
    joint_factories,
    learning_factories,
    note_factories,
    oversight_factories,
    panel_factories,
    participant_factories,
    plan_factories,
    police_factories,
    policy_factories,
    practice_seen,
    process_factories,
    published_factories,
    question_factories,
    recommended,
    reminding_factories,
    report_factories,
    scoping_factories,
    silence_factories,
    team_factories,
)
from tests.world import SCHOOL, World

# Those that people do on a case; a referral opens one, and a file comes with its bytes.
CASE_ACTS: Final = tuple(
    act
    for act in ACTS.values()
    if not act.opens_case
    and act.name not in {"add_file", "add_own_file"}
    and act.permission is not Permission.CARRY_CASES
)
WITH_AN_AGENCY: Final = {
    "request_returns",
    "chase",
    "excuse_return",
    "enter_return",
    "extend_day",
    "refer_silence",
    "reach_strategic_lead",
    "put_silence_to_partners",
    "act_formally",
    "agree_terms",
    "request_reports",
    "return_report",
    "accept_report",
    "excuse_report",
    "propose_plan",
}


NO_CHAIR: Final = UUID(int=4)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that commands name: an agency, a lead reviewer and a scrutineer of ours."""

    agency: UUID
    reviewer: UUID
    scrutineer: UUID
    chair: UUID = NO_CHAIR


OTHERWISE: Final[dict[str, Callable[[Ids], Command]]] = {
    "keep_note": lambda _ids: note_factories.keep_note(),
    "correct_note": lambda ids: note_factories.correct_note(ids.agency),
    "ask_question": lambda ids: question_factories.ask_question(ids.agency),
    "answer_question": lambda ids: question_factories.answer_question(ids.agency),
    "withdraw_question": lambda ids: question_factories.withdraw_question(ids.agency),
    "remind_of_question": lambda ids: question_factories.remind_of_question(ids.agency),
    "remind": lambda ids: reminding_factories.remind(ids.agency),
    "appoint_reviewer": lambda ids: factories.appoint_reviewer(ids.reviewer, beside=True),
    "draw_up_requirements": lambda _ids: oversight_factories.draw_up_requirements(),
    "record_candidate": lambda _ids: oversight_factories.record_candidate(),
    "end_reviewer": lambda ids: factories.end_reviewer(ids.reviewer),
    "grant_family_reading": lambda ids: factories.grant_family_reading(ids.scrutineer),
    "withdraw_family_reading": lambda ids: factories.withdraw_family_reading(ids.scrutineer),
    "mark_sensitive": lambda _ids: police_factories.mark_sensitive(seats=tuple(ListedSeat)),
    "review_mark": lambda ids: police_factories.review_mark(ids.agency),
    "lift_mark": lambda ids: police_factories.lift_mark(ids.agency),
    "invite": lambda ids: joint_factories.invite(ids.agency, ids.agency),
    "propose_sharing": lambda ids: joint_factories.propose_sharing(ids.agency),
    "approve_sharing": lambda ids: joint_factories.approve_sharing(ids.agency),
    "end_sharing": lambda ids: joint_factories.end_sharing(ids.agency),
    "withdraw_invitation": lambda ids: joint_factories.withdraw_invitation(ids.agency),
    "propose_change": lambda ids: joint_factories.propose_change(ids.agency),
    "answer_comment": lambda ids: joint_factories.answer_comment(ids.agency),
    "answer_change": lambda ids: joint_factories.answer_change(ids.agency),
    "ask_for_extension": lambda ids: joint_factories.ask_for_extension(ids.agency),
    "correct_letter": lambda ids: dispatch_factories.correct_letter(ids.agency),
    "confirm_dispatch": lambda ids: dispatch_factories.confirm_dispatch(ids.agency),
    "send_by_hand": lambda ids: dispatch_factories.send_by_hand(ids.agency),
    "record_return": lambda ids: dispatch_factories.record_return(ids.agency),
    "send_by_collection": lambda ids: dispatch_factories.send_by_collection(ids.agency),
    "give_collection_code": lambda ids: dispatch_factories.give_collection_code(ids.agency),
    "revoke_collection": lambda ids: dispatch_factories.revoke_collection(ids.agency),
    "submit_by_collection": lambda _ids: dispatch_factories.submit_by_collection(),
    "report_wrong_recipient": lambda ids: dispatch_factories.report_wrong_recipient(ids.agency),
    "decide_on_breach": lambda ids: dispatch_factories.decide_on_breach(ids.agency),
    "confirm_available": lambda _ids: dispatch_factories.confirm_available(),
    "hold_meeting": lambda ids: factories.hold_meeting(present=(ids.chair,), chaired_by=ids.chair),
    "publish_improvements": lambda _ids: factories.publish(),
    "list_organisation": lambda _ids: scoping_factories.list_organisation(),
    "answer_listed_address": lambda ids: scoping_factories.answer_listed_address(ids.agency),
    "list_practices": lambda ids: scoping_factories.list_practices(ids.agency),
    "name_referrer": lambda ids: guest_factories.say_name_referrer(ids.agency),
    "invite_guest": lambda ids: guest_factories.say_invite_guest(ids.agency),
    "end_guest_access": lambda ids: guest_factories.say_end_guest_access(ids.agency),
    "name_attendees": lambda ids: attendance_factories.name_attendees(ids.agency),
    "record_group_meeting": lambda _ids: attendance_factories.record_group_meeting(),
    "record_practice": lambda _ids: practice_seen.record_practice(),
    "record_sharing": lambda ids: plan_factories.record_sharing(ids.agency),
    "confirm_briefing": lambda _ids: plan_factories.confirm_briefing(),
    "record_briefing_given": lambda ids: plan_factories.record_briefing_given(ids.agency),
    "confirm_staff_told": lambda _ids: communications_factories.confirm_staff_told(),
    "propose_taking_down": lambda _ids: published_factories.propose_taking_down(),
    "drop_published_proposal": lambda _ids: published_factories.drop_published_proposal(),
    "take_down": lambda _ids: published_factories.take_down(),
    "propose_reissue": lambda _ids: published_factories.propose_reissue(),
    "reissue": lambda _ids: published_factories.reissue(),
    "redact_published": lambda ids: published_factories.redact_published(ids.agency),
    "decide_legal_advice": lambda _ids: communications_factories.decide_legal_advice(),
    "record_archived_copy": lambda _ids: communications_factories.record_archived_copy(),
    "record_update": lambda _ids: communications_factories.record_update(),
    "record_publication_step": lambda _ids: communications_factories.record_publication_step(),
    "record_staff_told": lambda ids: communications_factories.record_staff_told(ids.agency),
    "plan_communications": lambda _ids: communications_factories.plan_communications(),
    "ask_for_progress": lambda _ids: team_factories.ask_for_progress(),
    "consider_delay": lambda _ids: team_factories.consider_delay(),
    "monitor_review": lambda ids: team_factories.monitor_review(ids.chair),
    "report_progress": lambda _ids: team_factories.report_progress(),
    "submit_chronology": lambda _ids: report_factories.submit_chronology(),
    "ask_for_more": lambda ids: report_factories.ask_for_more(ids.agency),
    "judge_reports": lambda ids: report_factories.judge_reports(
        report_factories.accepted(ids.agency)
    ),
    "invite_agency": lambda ids: report_factories.invite_agency(ids.agency),
    "submit_changes": lambda _ids: report_factories.submit_changes(),
    "merge_chronologies": lambda ids: report_factories.merge_chronologies(ids.agency),
    "name_review_team": lambda _ids: team_factories.name_the_team(),
    "record_body_comment": lambda _ids: changed_factories.record_body_comment(),
    "answer_body_comment": lambda ids: changed_factories.answer_body_comment(ids.agency),
    "change_report": lambda _ids: changed_factories.change_report(),
    "check_report": lambda _ids: anonymity_factories.check_report(),
    "justify_hits": lambda ids: anonymity_factories.justify_hits(ids.agency),
    "propose_recommendations": lambda ids: recommended.propose(ids.agency),
    "develop_recommendation": lambda ids: recommended.develop(ids.agency, ids.agency),
    "drop_recommendation": lambda ids: recommended.drop(ids.agency),
    "put_recommendations": lambda ids: recommended.put(ids.agency),
    "propose_interim_learning": lambda ids: team_factories.propose_interim(ids.agency),
    "share_interim_learning": lambda _ids: team_factories.share_interim(),
    "list_gap": lambda _ids: team_factories.list_gap(),
    "settle_gap": lambda ids: team_factories.settle_gap(ids.agency),
    "record_team_meeting": lambda ids: team_factories.record_team_meeting(ids.chair),
    "comment_to_group": lambda _ids: attendance_factories.comment_to_group(),
    "cancel_meeting": lambda _ids: attendance_factories.cancel_meeting(),
    "keep_passage": lambda ids: panel_factories.keep_passage(ids.agency),
    "follow_up_pending": lambda ids: panel_factories.follow_up_pending(ids.agency),
    "answer_record": lambda _ids: attendance_factories.answer_record(),
    "link_death_review": lambda ids: death_factories.link_death_review(ids.agency),
    "refer_out": lambda ids: process_factories.refer_out(ids.agency),
    "record_process": lambda _ids: process_factories.record_process(),
    "change_process": lambda ids: process_factories.change_process(ids.agency),
    "log_agreements": lambda _ids: process_factories.log_agreements(),
    "schedule_material": lambda _ids: process_factories.schedule_material(),
    "record_liaison": lambda _ids: process_factories.record_liaison(),
    "list_requirements": lambda ids: process_factories.list_requirements(ids.agency),
    "agree_family_approach": lambda _ids: family_factories.agree_family_approach(),
    "keep_genogram": lambda ids: family_factories.keep_genogram(ids.agency, ids.chair),
    "decide_involvement": lambda ids: family_factories.decide_involvement(ids.agency),
    "record_family_contact": lambda ids: family_factories.record_family_contact(ids.agency),
    "record_draft_shared": lambda ids: family_factories.record_draft_shared(ids.agency),
    "plan_learning_event": lambda ids: learning_factories.plan_learning_event(ids.agency),
    "invite_practitioners": lambda ids: learning_factories.invite_practitioners(ids.agency),
    "record_practitioners_there": lambda _ids: learning_factories.record_practitioners_there(),
    "call_off_learning_event": lambda _ids: learning_factories.call_off_learning_event(),
    "record_learning_event": lambda ids: learning_factories.record_learning_event(ids.agency),
    "invite_participant": lambda ids: participant_factories.say_invite_participant(ids.agency),
    "withdraw_participant": lambda ids: participant_factories.say_withdraw_participant(ids.agency),
    "ask_participants": lambda _ids: participant_factories.say_ask_participants(),
    "say_of_draft": lambda _ids: participant_factories.say_of_draft(),
    "record_conversation": lambda ids: learning_factories.record_conversation(ids.agency),
    "record_practitioner_feedback": lambda ids: feedback_factories.practitioner_feedback(
        ids.agency
    ),
    "record_feedback_there": lambda _ids: feedback_factories.feedback_there(),
    "record_discussion": lambda _ids: death_factories.record_discussion(),
    "record_withdrawal": lambda _ids: death_factories.record_withdrawal(),
    "attest_inspectorate": lambda _ids: death_factories.attest_inspectorate(),
    "follow_policy": lambda _ids: policy_factories.follow_policy(),
    "record_extra_step": lambda ids: policy_factories.record_extra_step(ids.agency),
    "answer_local_test": lambda ids: policy_factories.answer_local_test(ids.agency),
    "declare_again": lambda _ids: interest_factories.declare_again(),
    "decide_on_interest": lambda ids: interest_factories.decide_on_interest(ids.chair),
    "oversee_commissioning": lambda ids: oversight_factories.oversee_commissioning(ids.chair),
    "record_dialogue": lambda _ids: dissent_factories.record_dialogue(),
    "replace_position": lambda ids: dissent_factories.replace_position(ids.agency),
    "answer_other_day": lambda _ids: communications_factories.answer_other_day(),
    "answer_correction": lambda ids: attendance_factories.answer_correction(ids.agency),
}


def command_for(act: Act, world: World, **but: Any) -> Command:
    """Return a valid command of the act, with what is said otherwise."""
    ids = Ids(
        agency=world.ours.agency(SCHOOL),
        reviewer=world.ours.second_reviewer().person_id,
        scrutineer=world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id,
        chair=world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id,
    )
    usual = example(act, ids)
    return factories.words_of(type(usual), usual.model_dump() | but)


def example(act: Act, ids: Ids) -> Command:
    """Return a valid command of the act, with the dates of the first scenario."""
    if act.name in OTHERWISE:
        return OTHERWISE[act.name](ids)
    if act.name.startswith("sign_"):
        return factories.sign()
    rooms = (factories, joint_factories, panel_factories, plan_factories, silence_factories)
    make = next(getattr(one, act.name) for one in rooms if hasattr(one, act.name))
    command: Command = make(ids.agency) if act.name in WITH_AN_AGENCY else make()
    return command


def act_done_by(perform: Callable[..., Any]) -> Act:
    """Return the act that this function performs."""
    return next(act for act in ACTS.values() if act.perform is perform)


def who_does(act: Act) -> Role:
    """Return a role that does the act: the one that is asked to, or the first that may."""
    may = [role for role in Role if act.permission in ROLE_PERMISSIONS[role]]
    asked = TODO[act.todo].role if act.todo is not None else None
    return asked if asked in may else may[0]
