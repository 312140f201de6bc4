"""Machine work of joint reviews: what one side's act leaves for the other side's own rows."""

from datetime import date
from typing import Literal
from uuid import UUID

from services.casework.effects import Order
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart, Published
from services.domain.recipients import Recipient
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage


class OpenInvitation(Order):
    """Open a case for an approved invitation in the partnership that is invited."""

    type: Literal["open_invitation"] = "open_invitation"
    invitation_id: UUID
    partnership_id: UUID


class TellWithdrawn(Order):
    """Tell the partnership that was invited that the invitation is withdrawn."""

    type: Literal["tell_withdrawn"] = "tell_withdrawn"
    invitation_id: UUID
    partnership_id: UUID


class DeliverReply(Order):
    """Put what was answered on record in the partnership that invited."""

    type: Literal["deliver_reply"] = "deliver_reply"
    reply_id: UUID
    invitation_id: UUID
    partnership_id: UUID


class TellSharingEnded(Order):
    """Tell the partnership that could read a part of a case that it can no longer."""

    type: Literal["tell_sharing_ended"] = "tell_sharing_ended"
    grant_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class TellExtensionAsked(Order):
    """Put on record where a case is shown to us that we ask to see it for longer."""

    type: Literal["tell_extension_asked"] = "tell_extension_asked"
    grant_id: UUID
    partnership_id: UUID
    entry_id: UUID


class AskToSign(Order):
    """Ask the parties of another partnership that decides with us to sign a round of a matter.

    ``grant_id`` is the sharing that made them able to read it, where that came after the round.
    ``since`` is our newest entry when the round was put no more: whoever is asked looks again.
    """

    type: Literal["ask_to_sign"] = "ask_to_sign"
    partnership_id: UUID
    joint_review_id: UUID
    matter: SignOffMatter
    round: int
    last_day: date | None = None
    grant_id: UUID | None = None
    since: int | None = None


class DeliverSignature(Order):
    """Put a signature that one of our parties gave on record in the partnership that leads."""

    type: Literal["deliver_signature"] = "deliver_signature"
    sign_off_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class TellNotification(Order):
    """Put our notification of the incident on record in a partnership that takes part."""

    type: Literal["tell_notification"] = "tell_notification"
    joint_review_id: UUID
    partnership_id: UUID


class TellSubmitted(Order):
    """Tell a partnership that the joint record was submitted, and which notifications it names.

    `dispatch_id` is the sending that counts, `on` its day: what is sent again is told again.
    """

    type: Literal["tell_submitted"] = "tell_submitted"
    joint_review_id: UUID
    partnership_id: UUID
    dispatch_id: UUID
    on: date


class TellNotSubmitted(Order):
    """Tell a partnership that was told of a submission that it came back, and was none."""

    type: Literal["tell_not_submitted"] = "tell_not_submitted"
    joint_review_id: UUID
    partnership_id: UUID
    dispatch_id: UUID
    on: date


class TellReviewOpened(Order):
    """Tell a partnership that the local review is open, so that it asks its own agencies."""

    type: Literal["tell_review_opened"] = "tell_review_opened"
    joint_review_id: UUID
    partnership_id: UUID
    last_day: date | None = None


class TellReviewEnded(Order):
    """Tell a partnership that what was carried together has ended, so that it goes on alone."""

    type: Literal["tell_review_ended"] = "tell_review_ended"
    joint_review_id: UUID
    partnership_id: UUID


class DeliverChange(Order):
    """Put a proposed change of the joint review before the side that must agree with ours."""

    type: Literal["deliver_change"] = "deliver_change"
    entry_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class DeliverChangeAnswer(Order):
    """Put the answer to a proposed change on record where the proposal came from."""

    type: Literal["deliver_change_answer"] = "deliver_change_answer"
    entry_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class CarryOutChange(Order):
    """Carry out what the lead and a joining partnership agreed on, on each side's own case.

    ``before`` is the part that the joining partnership had, ``stage`` where the lead's case stood
    when it was agreed, ``unsettled`` what the partners had not all agreed on. Who agreed and why is
    read from the lead's own history: an order holds ids, codes and days, and no words.
    """

    type: Literal["carry_out_change"] = "carry_out_change"
    proposal_id: UUID
    joint_review_id: UUID
    member_id: UUID
    change: JointChange
    part: JointPart | None = None
    before: JointPart
    stage: Stage
    unsettled: tuple[SignOffMatter, ...] = ()


class TellChange(Order):
    """Tell a partnership that takes part what two others agreed on."""

    type: Literal["tell_change"] = "tell_change"
    joint_review_id: UUID
    partnership_id: UUID
    made: CarryOutChange


class AskToPublish(Order):
    """Ask a partnership that publishes with us to send the text ahead, then to publish it.

    `since` is our newest entry when all had sent it: they may be asked again after one came back.
    """

    type: Literal["ask_to_publish"] = "ask_to_publish"
    partnership_id: UUID
    joint_review_id: UUID
    round: int
    publishes: bool
    publish_on: date
    all_sent: bool
    since: int = 0


class HoldPublication(Order):
    """Ask a partnership that publishes with us to wait: the text came back to one of us."""

    type: Literal["hold_publication"] = "hold_publication"
    partnership_id: UUID
    joint_review_id: UUID
    round: int
    since: int


class DeliverPublishing(Order):
    """Tell the partnership that leads that we sent the text ahead, or published it.

    `entry_id` is our entry that says at which address it was published, `dispatch_id` the newest of
    the dispatches of the text.
    """

    type: Literal["deliver_publishing"] = "deliver_publishing"
    partnership_id: UUID
    joint_review_id: UUID
    round: int
    what: Published
    on: date
    entry_id: UUID | None = None
    dispatch_id: UUID | None = None


class TellPublished(Order):
    """Have a partnership that decided with us, and does not publish, file what we published.

    It is told once the file is made here, with the file's digest; `entry_id` is our entry on it.
    """

    type: Literal["tell_published"] = "tell_published"
    partnership_id: UUID
    joint_review_id: UUID
    round: int
    on: date
    entry_id: UUID


class DeliverReturn(Order):
    """Tell the partnership that leads that our text ahead of publication came back."""

    type: Literal["deliver_return"] = "deliver_return"
    partnership_id: UUID
    joint_review_id: UUID
    round: int
    recipient: Recipient
    on: date
    dispatch_id: UUID


class DeliverComment(Order):
    """Put a comment of ours on record with the partnership that leads."""

    type: Literal["deliver_comment"] = "deliver_comment"
    entry_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class DeliverCommentAnswer(Order):
    """Put what becomes of a comment on record with the partnership that made it."""

    type: Literal["deliver_comment_answer"] = "deliver_comment_answer"
    entry_id: UUID
    joint_review_id: UUID
    partnership_id: UUID


class TellBreach(Order):
    """Tell a partnership of the joint review that documents went to the wrong person."""

    type: Literal["tell_breach"] = "tell_breach"
    joint_review_id: UUID
    partnership_id: UUID
    entry_id: UUID


class TellLearningEvent(Order):
    """Tell a partnership that contributes of a learning event that we plan, move or call off.

    `entry_id` is our entry that says it; `is_off` that the event which it planned is not held.
    """

    type: Literal["tell_learning_event"] = "tell_learning_event"
    joint_review_id: UUID
    partnership_id: UUID
    entry_id: UUID
    is_off: bool = False


class DeliverPractitioners(Order):
    """Tell the partnership that leads which of our practitioners are invited, or came."""

    type: Literal["deliver_practitioners"] = "deliver_practitioners"
    joint_review_id: UUID
    partnership_id: UUID
    entry_id: UUID
