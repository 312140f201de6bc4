"""The forms of joint reviews: two partnerships are carried together by what people post."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from services.bootstrap import wall_clock
from services.casework.act import Act
from services.casework.commands import Command
from services.casework.joint.comments import waiting_comments
from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint import answer as joint_answer
from services.casework.steps.joint import (
    change_answer,
    change_proposal,
    comment_answer,
    comments,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    withdrawal,
)
from services.casework.steps.joint import invitation as joint_invitation
from services.casework.steps.joint.draft_told import NOTE_LEADS_DRAFT
from services.casework.steps.joint.event_told import NOTE_LEARNING_EVENT
from services.casework.steps.learning_event import beside_lead
from services.casework.steps.learning_event.feedback_there import RECORD_FEEDBACK_THERE
from services.casework.steps.scoping.scoping import REQUEST_RETURNS
from services.database.cases import get_case
from services.database.joint_reviews import CaseGrant, grants_of, waiting_grants
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Actor, Role
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories
from tests import feedback_factories as feedback
from tests import joint_factories as say
from tests import learning_factories as learning
from tests.bad_input.carried import form_of, try_once
from tests.bad_input.stage import Stage
from tests.joint import Joint
from tests.world import HOSPITAL

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def along_a_joint_review(stage: Stage) -> None:
    """Invite, approve, answer, share more, change, end and withdraw, each by its form."""
    with on_practice_clocks(stage):
        joint = Joint(stage.world, workers_engine=stage.world.engine)
        ours, theirs = joint.world.ours, joint.world.theirs
        stage.ids["their grant"] = str(_waiting(_theirs_invites(joint)))
        invited = say.invite(theirs.partnership_id, ours.partnership_id)
        _post(stage, joint_invitation.INVITE, invited, ours.actor(MANAGER), joint.case_id)
        _approve(stage, joint)
        joint.settle()
        opened = joint.opened()
        assert opened is not None
        joint.declare(opened, MANAGER, CHAIR)
        answered = say.answer_invitation(answer=JointAnswer.ACCEPTED)
        _post(stage, joint_answer.ANSWER_INVITATION, answered, theirs.actor(CHAIR), opened)
        joint.settle(opened)
        shared = say.propose_sharing(theirs.partnership_id)
        _post(stage, sharing.PROPOSE_SHARING, shared, ours.actor(MANAGER), joint.case_id)
        _approve(stage, joint)
        _comment(stage, joint, opened)
        _change_the_part(stage, joint, opened)
        _ask_for_longer(stage, joint, opened)
        with joint.world.act(CHAIR, joint.when) as work:
            live = next(one.id for one in grants_of(work.session, joint.case_id) if _is_live(one))
        _end_sharing(stage, joint, live)
        _withdraw_another(stage)


def _end_sharing(stage: Stage, joint: Joint, grant_id: UUID) -> None:
    """End by its form what is shared."""
    chair = joint.world.ours.actor(CHAIR)
    _post(stage, sharing_end.END_SHARING, say.end_sharing(grant_id), chair, joint.case_id)


def _withdraw_another(stage: Stage) -> None:
    """Invite to another review, and withdraw the invitation before anybody has answered."""
    joint = Joint(stage.world, workers_engine=stage.world.engine)
    joint.invite()
    with joint.world.act(CHAIR, joint.when) as work:
        (sent,) = withdrawal.open_invitations(work, get_case(work.session, joint.case_id))
        command = say.withdraw_invitation(sent.id)
    manager = joint.world.ours.actor(MANAGER)
    _post(stage, withdrawal.WITHDRAW_INVITATION, command, manager, joint.case_id)


def _comment(stage: Stage, joint: Joint, opened: CaseId) -> None:
    """Comment over there on what is shown, and answer it here."""
    ours, theirs = joint.world.ours, joint.world.theirs
    said = say.comment_on_shown()
    _post(stage, comments.COMMENT_ON_SHOWN, said, theirs.actor(MANAGER), opened)
    joint.settle(opened)
    with joint.world.act(CHAIR, joint.when) as work:
        (asked,) = waiting_comments(work, get_case(work.session, joint.case_id))
    answered = say.answer_comment(asked.id)
    answer_comment = comment_answer.ANSWER_COMMENT
    _post(stage, answer_comment, answered, ours.actor(CHAIR), joint.case_id)


def _change_the_part(stage: Stage, joint: Joint, opened: CaseId) -> None:
    """Propose that the other side has another part, agree to it, and take part over there."""
    ours, theirs = joint.world.ours, joint.world.theirs
    change = {"change": JointChange.OTHER_PART, "part": JointPart.JOINTLY_DECIDING}
    proposed = say.propose_change(theirs.partnership_id, **change)
    _post(stage, change_proposal.PROPOSE_CHANGE, proposed, ours.actor(MANAGER), joint.case_id)
    joint.settle()
    with joint.world.act(theirs.actor(CHAIR), joint.when) as work:
        (asked,) = waiting_proposals(work, get_case(work.session, opened))
    answered = say.answer_change(asked.id)
    _post(stage, change_answer.ANSWER_CHANGE, answered, theirs.actor(CHAIR), opened)
    joint.settle(opened)
    _take_part_in_event(stage, joint, opened)


def _take_part_in_event(stage: Stage, joint: Joint, opened: CaseId) -> None:
    """Say over there that nobody is invited to the lead's event, invite somebody, ask nobody."""
    manager, hospital = joint.theirs.actor(MANAGER), joint.theirs.agency(HOSPITAL)
    keyline = service_actor(joint.theirs.partnership_id, KEYLINE_ITSELF)
    with joint.world.act(manager, joint.when) as work:
        REQUEST_RETURNS.perform(work, opened, factories.request_returns(hospital))
    with joint.world.act(keyline, joint.when) as work:
        NOTE_LEARNING_EVENT.perform(work, opened, learning.note_learning_event())
    nobody = learning.record_practitioners_there()
    _post(stage, beside_lead.RECORD_PRACTITIONERS_THERE, nobody, manager, opened)
    invited = learning.invite_practitioners(hospital)
    _post(stage, beside_lead.INVITE_PRACTITIONERS, invited, manager, opened)
    with joint.world.act(keyline, joint.when) as work:
        NOTE_LEADS_DRAFT.perform(work, opened, feedback.note_leads_draft())
    said = feedback.feedback_there()
    _post(stage, RECORD_FEEDBACK_THERE, said, manager, opened)


def _ask_for_longer(stage: Stage, joint: Joint, opened: CaseId) -> None:
    """Ask over there that what is shown is shown for longer."""
    manager = joint.theirs.actor(MANAGER)
    with joint.world.act(manager, joint.when) as work:
        (grant,) = sharing_extension.grants_to_us(work, get_case(work.session, opened))
        asked = say.ask_for_extension(grant.id)
    _post(stage, sharing_extension.ASK_FOR_EXTENSION, asked, manager, opened)
    joint.settle(opened)


@contextmanager
def on_practice_clocks(stage: Stage) -> Iterator[None]:
    """Let both practise on the days of the test; afterwards all of it is undone.

    The database compares the end of a grant with its own clock, moved by the practice clock.
    """
    kept_now, kept_people = stage.now, stage.known
    stage.now, stage.known = wall_clock(), {}
    with stage.place.undone():
        yield
    stage.now, stage.known = kept_now, kept_people


def _approve(stage: Stage, joint: Joint) -> None:
    approved, chair = say.approve_sharing(_waiting(joint)), joint.world.ours.actor(CHAIR)
    _post(stage, sharing_approval.APPROVE_SHARING, approved, chair, joint.case_id)


def _theirs_invites(joint: Joint) -> Joint:
    """Let the other partnership invite ours to a review of its own, which waits for its chair."""
    swapped = replace(joint.world, ours=joint.world.theirs, theirs=joint.world.ours)
    other = Joint(swapped, workers_engine=joint.workers_engine)
    other.invite()
    return other


def _waiting(joint: Joint) -> UUID:
    with joint.world.act(CHAIR, joint.when) as work:
        return waiting_grants(work.session, joint.case_id)[-1].id


def _is_live(grant: CaseGrant) -> bool:
    return grant.approved_at is not None and grant.revoked_at is None


def _post(stage: Stage, act: Act, command: Command, actor: Actor, case_id: CaseId) -> None:
    """Try the form of the act once, then post it whole as the person who does it."""
    form = form_of(stage, act, command, actor, case_id)
    try_once(stage, form)
    form.open()
    answer = form.post(form.valid)
    assert answer.status_code == 303, (act.name, answer.status_code, answer.text)
