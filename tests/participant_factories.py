"""Valid words about practitioners who are invited to a learning event in their own person."""

from typing import Any
from uuid import UUID

from services.casework.steps.learning_event.draft_heard import AskParticipants, SayOfDraft
from services.casework.steps.learning_event.participant_invited import (
    InviteParticipant,
    WithdrawParticipant,
)
from tests.learning_factories import POST
from tests.words import words_of

NAME = "Kit Marlowe-Finch"
MAILBOX = "kit.finch@hospital.example"


def say_invite_participant(agency: UUID, **but: Any) -> InviteParticipant:
    """Return that the health visitor of the agency is invited in their own person."""
    who = {"agency": agency, "invited_as": POST, "name": NAME, "email": MAILBOX}
    return words_of(InviteParticipant, who | but)


def say_withdraw_participant(guest: UUID) -> WithdrawParticipant:
    """Return that the access of somebody on the list ends."""
    return words_of(WithdrawParticipant, {"guest": guest})


def say_ask_participants(**but: Any) -> AskParticipants:
    """Return what was learnt, and a day by which it is answered."""
    return words_of(AskParticipants, {"answer_by": "2026-12-14"} | but)


def say_of_draft(**but: Any) -> SayOfDraft:
    """Return that it is right."""
    return words_of(SayOfDraft, {"is_right": True} | but)
