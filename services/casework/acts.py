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
    closing,
    declaration,
    delay,
    draft_report,
    duplicates,
    family_reading,
    held_emails,
    joint_answer,
    joint_arrivals,
    joint_change_answer,
    joint_change_arrivals,
    joint_change_proposal,
    joint_changed,
    joint_comment_answer,
    joint_comment_arrivals,
    joint_comments,
    joint_end,
    joint_invitation,
    joint_notifications,
    joint_published,
    joint_publishing,
    joint_replies,
    joint_rounds,
    joint_signing,
    joint_withdrawal,
    joint_withdrawn,
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
    reopening,
    reviewer_appointment,
    scoping,
    scoping_returns,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    sign_off,
    submission,
    terms_of_reference,
    uploads,
)
from services.database.history import Entry

STEPS: Final = (
    referral,
    awareness,
    notification_decision,
    notification,
    looked_after_death,
    duplicates,
    reopening,
    scoping,
    scoping_returns,
    meeting,
    meeting_pack,
    rapid_review,
    submission,
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
    uploads,
    joint_invitation,
    joint_answer,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    joint_arrivals,
    joint_replies,
    joint_notifications,
    joint_signing,
    joint_change_answer,
    joint_change_proposal,
    joint_change_arrivals,
    joint_changed,
    joint_rounds,
    joint_published,
    joint_publishing,
    joint_comments,
    joint_comment_answer,
    joint_comment_arrivals,
    joint_withdrawal,
    joint_withdrawn,
    joint_end,
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
