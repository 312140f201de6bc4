"""Pages on which each of the three partners signs, for their own seat."""

from typing import Final

from services.casework.steps import sign_off
from services.web.act_pages.act_page import ActPage

_INTRO: Final = (
    "All three partners sign, each for their own seat; each is heard, and no position is lost "
    "(GOV-11, RR-30)."
)
_DONE: Final = "Your position is recorded."

PAGES = (
    ActPage(
        act=sign_off.SIGN_RAPID_REVIEW,
        path="sign-off/rapid-review",
        title="Sign off the rapid review",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_TERMS,
        path="sign-off/terms",
        title="Endorse the terms of reference",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_REPORT,
        path="sign-off/report",
        title="Endorse and sign off the report",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_PUBLICATION,
        path="sign-off/publication",
        title="Approve what is published, and when",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_PLAN,
        path="sign-off/plan",
        title="Sign off the completed action plan",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
)
