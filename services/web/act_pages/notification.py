"""Pages of gates G1 and G2: awareness, views, the decision to notify, the notification."""

from services.casework.effects import governing
from services.casework.steps import closing, reopening
from services.casework.steps.notification import (
    awareness,
    discussion,
    inspectorate,
    looked_after_death,
    notification,
    notification_decision,
    notification_withdrawn,
)
from services.casework.steps.notification.notifier_roster import roster
from services.casework.steps.notification.withdrawal_conditions import note_on_withdrawal
from services.casework.steps.referral import duplicates, other_areas, referral_correction
from services.casework.steps.referral.same_incident import first_same_incident
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.guidance import GuidedStep, in_a_note
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.copy_sheet import death_sheet, notification_sheet
from services.web.act_pages.dispatches import evidence
from services.web.act_pages.learning import untold_to_family
from services.web.forms.fields import Choice, Options


def _registered_notifiers(work: UnitOfWork, _case: Case) -> Options:
    """Offer who is on the roster today."""
    found = roster(work, work.today)
    return {"notifier": tuple(Choice(str(one.id), one.holder, hint=one.address) for one in found)}


def _judged_by(_work: UnitOfWork, case: Case) -> str:
    """Say by which guidance it is judged: that of the day of awareness (GOV-03)."""
    return in_a_note(governing(case, GuidedStep.NOTIFYING))


PAGES = (
    ActPage(
        act=awareness.RECORD_AWARENESS,
        path="notification/awareness",
        title="Record when the local authority became aware",
        button="Record it",
        done="The local authority's awareness is recorded, and its clocks run.",
    ),
    ActPage(
        act=awareness.CORRECT_AWARENESS,
        path="notification/awareness/correction",
        title="Correct when the local authority became aware",
        button="Correct it",
        done="The awareness is corrected, and its clocks are counted again.",
    ),
    ActPage(
        act=referral_correction.CORRECT_REFERRAL,
        path="notification/referral/correction",
        title="Correct the referral",
        button="Correct the referral",
        done="The referral is corrected. Both versions stay in the timeline.",
        prefill=referral_correction.referral_on_record,
    ),
    ActPage(
        act=other_areas.TELL_AREA,
        path="notification/other-area",
        title="Record that another area was told",
        button="Record it",
        done="It is recorded that another area was told.",
    ),
    ActPage(
        act=discussion.RECORD_DISCUSSION,
        path="notification/discussion",
        title="Record a discussion of whether to notify",
        button="Record the discussion",
        done="The discussion is recorded. Whoever decides has it before them.",
    ),
    ActPage(
        act=notification_decision.GIVE_VIEW,
        path="notification/view",
        title="Give your view on notifying the Panel",
        button="Give your view",
        done="Your view is recorded.",
    ),
    ActPage(
        act=notification_decision.DECIDE_TO_NOTIFY,
        path="notification/decision",
        title="Decide whether to notify the Panel",
        button="Record the decision",
        done="The decision is recorded.",
        note=_judged_by,
    ),
    ActPage(
        act=notification.RECORD_NOTIFICATION,
        path="notification/record",
        title="Record the notification to the Panel",
        button="Record the notification",
        done="The notification is recorded. The rapid review is open.",
        narrow=_registered_notifiers,
        sheet=notification_sheet,
    ),
    ActPage(
        act=notification_withdrawn.RECORD_WITHDRAWAL,
        path="notification/withdrawal",
        title="Record that the notification was withdrawn",
        button="Record the withdrawal",
        done="The withdrawal is recorded. The rapid review has ended, and those in it are told.",
        narrow=evidence,
        note=note_on_withdrawal,
    ),
    ActPage(
        act=looked_after_death.RECORD_LOOKED_AFTER_DEATH,
        path="notification/looked-after-death",
        title="Record the notice of a looked-after child's death",
        button="Record the notice",
        done="The notice to the Secretary of State and Ofsted is recorded.",
        sheet=death_sheet,
    ),
    ActPage(
        act=inspectorate.ATTEST_INSPECTORATE,
        path="notification/inspectorate",
        title="Record that your agency told its inspectorate",
        button="Record it",
        done="It is recorded which body your agency told.",
    ),
    ActPage(
        act=closing.CLOSE_UNREVIEWED,
        path="notification/close",
        title="Close the case without a review",
        button="Close the case",
        done="The case is closed.",
        note=untold_to_family,
    ),
    ActPage(
        act=duplicates.MARK_DUPLICATE,
        path="notification/duplicate",
        title="Mark the referral as a duplicate",
        button="Close it as a duplicate",
        done="The case is closed as a duplicate. The duties go on in the other case.",
        prefill=first_same_incident,
    ),
    ActPage(
        act=duplicates.UNDO_DUPLICATE,
        path="notification/duplicate/undo",
        title="Say that the case is no duplicate",
        button="Open the case again",
        done="The case goes on with its own clocks, and so does the case it was joined to.",
    ),
    ActPage(
        act=reopening.REOPEN,
        path="notification/reopen",
        title="Reopen the case on new information",
        button="Reopen the case",
        done="The case is reopened, and new clocks run from today's information.",
    ),
)
