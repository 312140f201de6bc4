"""Valid words for what follows the Panel's answer: replies, supplements, the local review."""

from typing import Any
from uuid import UUID

from services.casework.steps.family_told import RecordFamilyTold
from services.casework.steps.publication.publication_query import RecordPublicationQuery
from services.casework.steps.rapid_review.kept_passages import KeepPassage
from services.casework.steps.rapid_review.local_course import ProposeLocalCourse
from services.casework.steps.rapid_review.panel_reply import LodgeChallenge, ReplyToPanel
from services.casework.steps.rapid_review.pending_followed import FollowUpPending
from services.casework.steps.rapid_review.pending_items import PendingItem
from services.casework.steps.rapid_review.supplement_said import SupplementReview
from services.casework.steps.rapid_review.unagreed import InformOfUnagreed
from services.domain.pending_items import PendingKind, PendingStanding
from services.domain.workflow import LocalCourse
from tests.words import SAID, words_of


def inform_of_unagreed(**but: Any) -> InformOfUnagreed:
    return words_of(InformOfUnagreed, but)


def lodge_challenge(**but: Any) -> LodgeChallenge:
    return words_of(LodgeChallenge, but)


def reply_to_panel(**but: Any) -> ReplyToPanel:
    return words_of(ReplyToPanel, but)


def supplement_review(**but: Any) -> SupplementReview:
    return words_of(SupplementReview, but)


def propose_local_course(
    course: LocalCourse = LocalCourse.GOES_ON, **but: Any
) -> ProposeLocalCourse:
    return words_of(ProposeLocalCourse, but, course=course, agencies_words=SAID)


def record_publication_query(**but: Any) -> RecordPublicationQuery:
    usual = {"received_on": "2026-06-15", "came_how": SAID}
    return words_of(RecordPublicationQuery, but, **usual)


def pending_item(kind: PendingKind = PendingKind.TOXICOLOGY, **but: Any) -> PendingItem:
    return words_of(PendingItem, {"kind": kind, **but}, owner="The police, from the coroner")


def follow_up_pending(item: UUID, **but: Any) -> FollowUpPending:
    return words_of(FollowUpPending, but, item=item, standing=PendingStanding.STILL_AWAITED)


def keep_passage(passage: UUID, **but: Any) -> KeepPassage:
    return words_of(KeepPassage, but, passage=passage)


def record_family_told(**but: Any) -> RecordFamilyTold:
    """Return that the reasons were told to the mother at a visit."""
    said = {"with_whom": "The mother", "by_whom": "Ash Example, social worker", "how": "At a visit"}
    usual = {"what": "reasons", "was_shared": True, "shared_on": "2025-12-16"} | said
    return words_of(RecordFamilyTold, but, **usual, said="She asked for the report.")
