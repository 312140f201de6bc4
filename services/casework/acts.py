"""Every act of the product, by its name: pages, lists, history and tests ask this one table."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Final

from services.casework.act import Act
from services.casework.steps import (
    action_plan,
    action_progress,
    agency_report_judgement,
    agency_reports,
    awareness,
    bank_holidays,
    closing,
    collections,
    declaration,
    delay,
    dispatch_reading,
    dispatches,
    draft_report,
    duplicates,
    duplicates_joined,
    family_reading,
    held_emails,
    lateness,
    looked_after_death,
    meeting,
    meeting_pack,
    notification,
    notification_decision,
    panel,
    police_marks,
    pre_publication,
    publication,
    publishing,
    quality_assurance,
    rapid_review,
    referral,
    referral_correction,
    reopening,
    reviewer_appointment,
    scoping,
    scoping_returns,
    sign_off,
    submission,
    submission_by_collection,
    terms_of_reference,
    uploads,
)
from services.casework.steps.joint import (
    answer,
    arrivals,
    change_answer,
    change_arrivals,
    change_proposal,
    changed,
    comment_answer,
    comment_arrivals,
    comments,
    end,
    invitation,
    notifications,
    published,
    replies,
    review_opened,
    rounds,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    signing,
    withdrawal,
    withdrawn,
)
from services.casework.steps.joint import (
    publishing as joint_publishing,
)
from services.database.history import Entry

STEPS: Final = (
    referral,
    referral_correction,
    awareness,
    bank_holidays,
    notification_decision,
    notification,
    looked_after_death,
    duplicates,
    duplicates_joined,
    reopening,
    scoping,
    scoping_returns,
    meeting,
    meeting_pack,
    rapid_review,
    submission,
    submission_by_collection,
    lateness,
    sign_off,
    panel,
    terms_of_reference,
    reviewer_appointment,
    declaration,
    family_reading,
    police_marks,
    agency_reports,
    agency_report_judgement,
    draft_report,
    quality_assurance,
    delay,
    publication,
    pre_publication,
    publishing,
    action_plan,
    action_progress,
    closing,
    held_emails,
    dispatch_reading,
    dispatches,
    collections,
    uploads,
    invitation,
    answer,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    arrivals,
    replies,
    notifications,
    signing,
    change_answer,
    change_proposal,
    change_arrivals,
    changed,
    rounds,
    review_opened,
    published,
    joint_publishing,
    comments,
    comment_answer,
    comment_arrivals,
    withdrawal,
    withdrawn,
    end,
)


def acts_in(module: ModuleType) -> tuple[Act, ...]:
    """Return the acts that a module of a step defines, in the order in which it does."""
    return tuple(value for value in vars(module).values() if isinstance(value, Act))


ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {act.name: act for module in STEPS for act in acts_in(module)}
)


def act_of(entry: Entry) -> Act:
    """Return the act that wrote the entry."""
    return ACTS[entry.act]
