"""Pages on which each of the partners signs, for their own seat."""

from functools import partial
from typing import Final

from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off import scrutineer_opinion, sign_off
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.sign_off import SignOffMatter
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.record_length import length_to_sign
from services.web.forms.fields import Choice, Options

_INTRO: Final = (
    "All partners sign, each for their own seat; each is heard, and no position is lost "
    "(GOV-11, RR-30)."
)
_DONE: Final = "Your position is recorded."


def _round_shown(matter: SignOffMatter, work: UnitOfWork, case: Case) -> Options:
    """Return the round that the page shows, so that no other one is signed by it."""
    return {"round": (Choice(str(round_of(work, case, matter)), ""),)}


PAGES = (
    ActPage(
        act=scrutineer_opinion.GIVE_OPINION,
        path="sign-off/opinion",
        title="Give your opinion on what the partners are to sign",
        button="Give your opinion",
        done="Your opinion is recorded. The partners read it before they sign.",
    ),
    ActPage(
        act=sign_off.SIGN_REQUEST,
        narrow=partial(_round_shown, SignOffMatter.REVIEW_REQUEST),
        path="sign-off/request",
        title="Sign the decision on the request for a local review",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_RAPID_REVIEW,
        narrow=partial(_round_shown, SignOffMatter.RAPID_REVIEW),
        path="sign-off/rapid-review",
        title="Sign off the rapid review",
        note=length_to_sign,
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_TERMS,
        narrow=partial(_round_shown, SignOffMatter.TERMS_OF_REFERENCE),
        path="sign-off/terms",
        title="Endorse the terms of reference",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_REPORT,
        narrow=partial(_round_shown, SignOffMatter.REPORT),
        path="sign-off/report",
        title="Endorse and sign off the report",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_PUBLICATION,
        narrow=partial(_round_shown, SignOffMatter.PUBLICATION),
        path="sign-off/publication",
        title="Approve what is published, and when",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_PROPOSED_PLAN,
        narrow=partial(_round_shown, SignOffMatter.PROPOSED_PLAN),
        path="sign-off/proposed-plan",
        title="Agree on the action plan",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
    ActPage(
        act=sign_off.SIGN_PLAN,
        narrow=partial(_round_shown, SignOffMatter.ACTION_PLAN),
        path="sign-off/plan",
        title="Sign off the completed action plan",
        button="Sign",
        done=_DONE,
        intro=_INTRO,
    ),
)
