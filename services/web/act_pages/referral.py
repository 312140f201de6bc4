"""The page of gate G1: an agency refers a serious incident."""

from typing import Final

from services.casework.steps.referral import referral
from services.web.act_pages.act_page import ActPage

REFER: Final = ActPage(
    act=referral.REFER,
    path="refer",
    title="Refer a serious incident",
    button="Send the referral",
    done="The incident is referred, and this is its case.",
)

PAGES: tuple[ActPage, ...] = ()
