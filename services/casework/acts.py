"""Every act of the product, by its name: pages, lists, history and tests ask this one table."""

from types import MappingProxyType, ModuleType
from typing import Final

from services.casework.act import Act
from services.casework.joint_acts import JOINT_STEPS
from services.casework.review_acts import LOCAL_REVIEW_STEPS
from services.casework.steps import (
    agreements_logged,
    bank_holidays,
    closing,
    declaration,
    extra_steps,
    family_reading,
    family_told,
    guests,
    interests,
    local_test,
    policy_followed,
    referred_out,
    reminding,
    reopening,
    return_correction,
    uploads,
)
from services.casework.steps.attendance import (
    attendees,
    group_meetings,
    meeting_cancellation,
    member_comments,
    record_agreement,
    record_corrections,
)
from services.casework.steps.child_death import death_review, review_hold
from services.casework.steps.dispatches import (
    bounces,
    breach_decision,
    collections,
    dispatch_reading,
    dispatches,
    held_emails,
    letter_correction,
    wrong_recipient,
)
from services.casework.steps.local_review import (
    author_requirements,
    oversight,
    reviewer_appointment,
    terms_of_reference,
)
from services.casework.steps.notes import answering, asking, notes
from services.casework.steps.notification import (
    awareness,
    discussion,
    inspectorate,
    looked_after_death,
    notification,
    notification_decision,
    notification_withdrawn,
)
from services.casework.steps.other_reviews import disclosure, liaison, processes, requirements
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import (
    kept_passages,
    lateness,
    local_course,
    meeting,
    meeting_pack,
    panel,
    panel_reply,
    pending_followed,
    rapid_review,
    record_writing,
    submission,
    submission_by_collection,
    supplement,
    unagreed,
)
from services.casework.steps.referral import (
    duplicates,
    duplicates_joined,
    leads,
    other_areas,
    referral,
    referral_correction,
    referral_from_log,
    referrer_named,
)
from services.casework.steps.review_request import request_consideration, review_request
from services.casework.steps.scoping import (
    extension,
    listed_addresses,
    listed_organisations,
    own_files,
    practices,
    return_confirmation,
    return_entered,
    scoping,
    scoping_returns,
    silence,
)
from services.casework.steps.sign_off import dialogue, replacement, scrutineer_opinion, sign_off
from services.database.history import Entry

STEPS: Final = (
    leads,
    review_request,
    request_consideration,
    referral,
    referral_from_log,
    referral_correction,
    referrer_named,
    other_areas,
    awareness,
    bank_holidays,
    discussion,
    extra_steps,
    policy_followed,
    referred_out,
    notification_decision,
    notification,
    notification_withdrawn,
    looked_after_death,
    inspectorate,
    death_review,
    review_hold,
    processes,
    liaison,
    disclosure,
    requirements,
    duplicates,
    duplicates_joined,
    reopening,
    listed_organisations,
    listed_addresses,
    practices,
    scoping,
    scoping_returns,
    own_files,
    return_entered,
    return_confirmation,
    return_correction,
    extension,
    silence,
    reminding,
    notes,
    asking,
    answering,
    group_meetings,
    member_comments,
    guests,
    attendees,
    meeting,
    meeting_cancellation,
    meeting_pack,
    record_writing,
    kept_passages,
    rapid_review,
    record_agreement,
    record_corrections,
    agreements_logged,
    submission,
    submission_by_collection,
    lateness,
    sign_off,
    scrutineer_opinion,
    dialogue,
    replacement,
    panel,
    panel_reply,
    supplement,
    unagreed,
    pending_followed,
    local_course,
    terms_of_reference,
    oversight,
    author_requirements,
    reviewer_appointment,
    declaration,
    interests,
    local_test,
    family_reading,
    family_told,
    police_marks,
    *LOCAL_REVIEW_STEPS,
    closing,
    held_emails,
    letter_correction,
    dispatch_reading,
    dispatches,
    collections,
    wrong_recipient,
    breach_decision,
    bounces,
    uploads,
    *JOINT_STEPS,
)


def acts_in(module: ModuleType) -> tuple[Act, ...]:
    """Return the acts that a module of a step defines, in the order in which it does."""
    return tuple(value for value in vars(module).values() if isinstance(value, Act))


ACTS: Final = MappingProxyType({act.name: act for module in STEPS for act in acts_in(module)})


def act_of(entry: Entry) -> Act:
    """Return the act that wrote the entry."""
    return ACTS[entry.act]
