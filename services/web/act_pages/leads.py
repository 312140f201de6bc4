"""Pages of what is logged before a referral, and of what becomes of it (NOT-08)."""

from typing import Final

from services.casework.steps.referral import leads, referral_from_log
from services.casework.steps.referral.logged_as_referral import logged_as_referral
from services.web.act_pages.act_page import ActPage

LOG_LEAD: Final = ActPage(
    act=leads.LOG_LEAD,
    path="leads",
    title="Log a lead",
    button="Log the lead",
    done="The lead is logged. The local authority is asked to decide.",
)

PAGES = (
    ActPage(
        act=leads.DECIDE_LEAD,
        path="lead/decision",
        title="Decide what becomes of the lead",
        button="Record the decision",
        done="The decision on the lead is recorded.",
    ),
    ActPage(
        act=referral_from_log.REFER_ON,
        path="lead/referral",
        title="Refer it as a serious incident",
        button="Send the referral",
        done="The incident is referred, and its case goes on under this reference.",
        prefill=logged_as_referral,
    ),
)
