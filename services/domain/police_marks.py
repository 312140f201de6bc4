"""Police-sensitive marks: which seats may be listed, and what is never hidden.

What a constabulary holds back is read by the listed seats alone, so that no suspect is warned
(tipping off). The police seat is always among them.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import PartnershipId
from services.domain.parties import Party
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo


class ListedSeat(StrEnum):
    """A seat that a mark may list: a role, or one of the partners."""

    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    BUSINESS_MANAGER = "business_manager"
    REVIEW_GROUP_CHAIR = "review_group_chair"
    REVIEW_GROUP_MEMBER = "review_group_member"
    NOTIFIER = "notifier"
    LEAD_REVIEWER = "lead_reviewer"
    INDEPENDENT_SCRUTINEER = "independent_scrutineer"
    COMMUNICATIONS_LEAD = "communications_lead"


# Who signed, who reviews, who attends, what an agency or a publisher is asked to do and has done,
# what another area notified, and that a case is a duplicate: by these a case is carried. So it is
# by what is owed of a plan, whose practitioners were told, and which learning event is to be.
# Signatures stand on the face of the decision, dissents and what was done to resolve them among
# them (GOV-11). `migrations/police.sql` says the same.
NEVER_HIDDEN: Final = frozenset(
    {
        EntryType.SIGNED_OFF,
        EntryType.DIALOGUE_RECORDED,
        EntryType.POSITION_REPLACED,
        EntryType.SIGNATURES_ASKED,
        EntryType.SIGNATURE_RECEIVED,
        EntryType.REVIEWER_APPOINTED,
        EntryType.MARKED_DUPLICATE,
        EntryType.PLAN_PROPOSED,
        EntryType.ACTION_UPDATED,
        EntryType.PLAN_REVIEWED,
        EntryType.AUDIT_ASKED,
        EntryType.ACTION_AUDITED,
        EntryType.STAFF_TOLD,
        EntryType.STAFF_TOLD_RECORDED,
        EntryType.LEARNING_EVENT_PLANNED,
        EntryType.LEARNING_EVENT_CALLED_OFF,
        EntryType.PUBLICATION_ASKED,
        EntryType.PUBLISHER_SENT,
        EntryType.PUBLISHER_PUBLISHED,
        EntryType.PUBLISHER_RETURNED,
        EntryType.PUBLICATION_HELD,
        EntryType.NOTIFICATION_RECEIVED,
        EntryType.JOINT_RECORD_SUBMITTED,
        EntryType.ATTENDEES_NAMED,
        EntryType.JOINT_RECORD_RETURNED,
    }
)
# What is internal is marked entry by entry: the section also holds how the case is shared.
UNMARKABLE_SECTIONS: Final = (Section.INTERNAL, Section.ACTION_PLAN)
# A mark's own entries are hidden with it; by the others partnerships agree on a joint review, who
# reviews is known, and the hours of a data breach are counted.
UNMARKABLE: Final = NEVER_HIDDEN | {
    EntryType.MARKED_SENSITIVE,
    EntryType.MARK_REVIEWED,
    EntryType.MARK_LIFTED,
    EntryType.PARTNERSHIP_INVITED,
    EntryType.INVITATION_RECEIVED,
    EntryType.INVITATION_ANSWERED,
    EntryType.REPLY_RECEIVED,
    EntryType.SHARING_PROPOSED,
    EntryType.SHARING_APPROVED,
    EntryType.SHARING_ENDED,
    EntryType.SHOWING_ENDED,
    EntryType.JOINT_REVIEW_ENDED,
    EntryType.CHANGE_PROPOSED,
    EntryType.CHANGE_RECEIVED,
    EntryType.CHANGE_ANSWERED,
    EntryType.CHANGE_ANSWER_RECEIVED,
    EntryType.JOINT_REVIEW_CHANGED,
    EntryType.ROUND_TURNED,
    EntryType.REVIEWER_ENDED,
    EntryType.BREACH_REPORTED,
    EntryType.BREACH_RECEIVED,
    EntryType.BREACH_DECIDED,
}


def is_listed(
    party: Party, seats: Collection[ListedSeat], partnerships: Collection[PartnershipId]
) -> bool:
    """Tell whether a mark with these lists lets the party read what it is on."""
    return party.partnership_id in partnerships and ListedSeat(party.seat) in seats


def waits_for_signers(todo: Todo, subject: str) -> SignOffMatter | None:
    """Return the matter whose signers wait for the review of a mark, if it is asked for them."""
    matter = subject.partition(":")[2]
    return SignOffMatter(matter) if todo is Todo.REVIEW_MARK and matter else None
