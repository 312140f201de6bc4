"""Machine work of a joint review about its draft report and what practitioners say of it."""

from typing import Literal
from uuid import UUID

from services.casework.effects import Order


class TellDraft(Order):
    """Tell a partnership that contributes of the draft that our entry submits."""

    type: Literal["tell_draft"] = "tell_draft"
    joint_review_id: UUID
    partnership_id: UUID
    entry_id: UUID


class DeliverFeedback(Order):
    """Tell the partnership that leads what our practitioners say of its draft."""

    type: Literal["deliver_feedback"] = "deliver_feedback"
    joint_review_id: UUID
    partnership_id: UUID
    entry_id: UUID
