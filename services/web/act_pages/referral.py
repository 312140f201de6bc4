"""The page of gate G1: an agency refers a serious incident."""

from typing import Final

from services.casework.steps.referral import referral, referrer_named
from services.web.act_pages.act_page import ActPage

REFER: Final = ActPage(
    act=referral.REFER,
    path="refer",
    title="Refer a serious incident",
    button="Send the referral",
    done="The incident is referred, and this is its case.",
)

PAGES: Final = (
    ActPage(
        act=referrer_named.NAME_REFERRER,
        path="referral/referrer",
        title="Name the agency that referred it",
        button="Name it",
        done="The agency is named, and told the reference.",
    ),
)
