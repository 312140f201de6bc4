"""Valid words for the acts of joint reviews; what a test leaves out does not matter to it."""

from typing import Any, TypeVar
from uuid import UUID

from services.casework.commands import Command
from services.casework.steps.joint.answer import AnswerInvitation
from services.casework.steps.joint.arrivals import ReceiveInvitation
from services.casework.steps.joint.change_answer import AnswerChange
from services.casework.steps.joint.change_proposal import ProposeChange
from services.casework.steps.joint.comment_answer import AnswerComment
from services.casework.steps.joint.comments import CommentOnShown
from services.casework.steps.joint.invitation import Invite
from services.casework.steps.joint.notifications import NoteSubmission, ReceiveNotification
from services.casework.steps.joint.replies import NoteShowingEnded, ReceiveReply
from services.casework.steps.joint.sharing import ProposeSharing
from services.casework.steps.joint.sharing_approval import ApproveSharing
from services.casework.steps.joint.sharing_end import EndSharing
from services.casework.steps.joint.sharing_extension import AskForExtension
from services.casework.steps.joint.withdrawal import WithdrawInvitation
from services.domain.entry_types import Section
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.joint_reviews import SHAREABLE, CommentAnswer, JointAnswer, JointPart
from tests import factories

C = TypeVar("C", bound=Command)
NO_GRANT = UUID(int=1)
NO_PARTNERSHIP = UUID(int=1)


def words_of(kind: type[C], given: dict[str, Any], **usual: Any) -> C:
    """Return the words with what is given, what is usual, and something said for the rest."""
    made: C = factories.words_of(kind, given, **usual)
    return made


def invite(theirs: UUID = NO_PARTNERSHIP, ours: UUID = NO_PARTNERSHIP, **but: Any) -> Invite:
    usual = {
        "partnership": theirs,
        "part": JointPart.JOINTLY_PUBLISHING,
        "residence": ours,
        "incident": theirs,
        "lead": ours,
        "sections": SHAREABLE,
        "ends_on": "2026-12-01",
    }
    return words_of(Invite, but, **usual)


def answer_invitation(**but: Any) -> AnswerInvitation:
    return words_of(AnswerInvitation, but, answer=JointAnswer.ACCEPTED)


def propose_sharing(theirs: UUID = NO_PARTNERSHIP, **but: Any) -> ProposeSharing:
    usual = {"partnership": theirs, "sections": SHAREABLE, "ends_on": "2026-12-01"}
    return words_of(ProposeSharing, but, **usual)


def approve_sharing(grant: UUID = NO_GRANT, **but: Any) -> ApproveSharing:
    return words_of(ApproveSharing, but, grant=grant)


def end_sharing(grant: UUID = NO_GRANT, **but: Any) -> EndSharing:
    return words_of(EndSharing, but, grant=grant)


def ask_for_extension(grant: UUID = NO_GRANT, **but: Any) -> AskForExtension:
    return words_of(AskForExtension, but, grant=grant)


def receive_invitation(**but: Any) -> ReceiveInvitation:
    usual = {
        "part": JointPart.CONSULTED,
        "sections": SHAREABLE,
        "ends_on": "2026-12-01",
        "invitation_id": NO_GRANT,
    }
    return words_of(ReceiveInvitation, but, **usual)


def receive_reply(**but: Any) -> ReceiveReply:
    usual = {"answer": JointAnswer.ASKED, "reply_id": NO_GRANT, "invitation_id": NO_GRANT}
    return words_of(ReceiveReply, but, **usual)


def receive_notification(**but: Any) -> ReceiveNotification:
    usual = {"notified_on": "2025-12-12", "partnership_id": NO_PARTNERSHIP}
    return words_of(ReceiveNotification, but, **usual)


def note_submission(**but: Any) -> NoteSubmission:
    usual = {"submitted_on": "2026-01-07", "names_ours": True, "dispatch_id": NO_GRANT}
    return words_of(NoteSubmission, but, **usual)


def note_showing_ended(**but: Any) -> NoteShowingEnded:
    return words_of(NoteShowingEnded, but, grant_id=NO_GRANT)


def propose_change(partnership: UUID = NO_PARTNERSHIP, **but: Any) -> ProposeChange:
    usual = {"partnership": partnership, "change": JointChange.NEW_LEAD, "part": None}
    return words_of(ProposeChange, but, **usual)


def answer_change(proposal: UUID = NO_GRANT, **but: Any) -> AnswerChange:
    return words_of(AnswerChange, but, proposal=proposal, answer=ChangeAnswer.AGREED)


def comment_on_shown(section: Section = Section.MEETING, **but: Any) -> CommentOnShown:
    return words_of(CommentOnShown, but, section=section, document=None)


def answer_comment(comment: UUID = NO_GRANT, **but: Any) -> AnswerComment:
    return words_of(AnswerComment, but, comment=comment, answer=CommentAnswer.TAKEN_UP)


def withdraw_invitation(invitation: UUID = NO_GRANT, **but: Any) -> WithdrawInvitation:
    return words_of(WithdrawInvitation, but, invitation=invitation)
