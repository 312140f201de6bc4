"""Pages on which each of the partners signs, for their own seat."""

from functools import partial
from typing import Final

from services.casework.joint.signatories import signatories
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off import dialogue, replacement, scrutineer_opinion, sign_off
from services.casework.steps.sign_off.replacing_conditions import lead_on_record, replaceable
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter
from services.web.act_pages.act_page import ActPage, Note
from services.web.act_pages.record_length import length_to_sign
from services.web.forms.fields import Choice, Options

_INTRO: Final = (
    "All partners sign, each for their own seat; each is heard, and no position is lost "
    "(GOV-11, RR-30)."
)

_COMPARED: Final = {SignOffMatter.TERMS_OF_REFERENCE: "terms", SignOffMatter.REPORT: "report"}


def _round_shown(matter: SignOffMatter, work: UnitOfWork, case: Case) -> Options:
    """Return the round that the page shows, so that no other one is signed by it."""
    return {"round": (Choice(str(round_of(work, case, matter)), ""),)}


def _positions(work: UnitOfWork, case: Case) -> Options:
    """Offer each position that a named lead may replace, with its reasons and who that is."""
    found = list(replaceable(work, case))
    named = {one: signatories(work, case, one, found) for one in {one.matter for one in found}}
    return {
        "signature": tuple(
            Choice(
                str(one.id),
                f"{capital(label(one.matter))}: {named[one.matter].party(one.party)}",
                _hint(work, case, one),
            )
            for one in found
        )
    }


def _hint(work: UnitOfWork, case: Case, one: SignOff) -> str:
    """Say what the delegate said, and to whom they answer by the register (GOV-12)."""
    lead = lead_on_record(work, case, one)
    day = weekday_day_month_year(one.signed_on)
    return f"{capital(label(one.position))}, {day}: {one.reasons} The delegate answers to {lead}."


def _signs(
    matter: SignOffMatter,
    *,
    path: str,
    title: str,
    intro: str = _INTRO,
    note: Note | None = None,
) -> ActPage:
    """Return the page on which each party signs the newest round of the matter."""
    return ActPage(
        act=sign_off.SIGN_ACTS[matter],
        narrow=partial(_round_shown, matter),
        path=path,
        title=title,
        note=note,
        button="Sign",
        done="Your position is recorded.",
        intro=intro,
        compares=_COMPARED.get(matter, ""),
    )


PAGES = (
    ActPage(
        act=scrutineer_opinion.GIVE_OPINION,
        path="sign-off/opinion",
        title="Give your opinion on what the partners are to sign",
        button="Give your opinion",
        done="Your opinion is recorded. The partners read it before they sign.",
    ),
    ActPage(
        act=dialogue.RECORD_DIALOGUE,
        path="sign-off/dialogue",
        title="Put on record how the partners sought to resolve a disagreement",
        button="Put it on record",
        done="The dialogue is on record. Nothing is decided by it.",
    ),
    ActPage(
        act=replacement.REPLACE_POSITION,
        narrow=_positions,
        path="sign-off/named-lead",
        title="Put a named lead's position on record in place of their delegate's",
        button="Put it on record",
        done="The position is on record. The one that it replaces stays in sight.",
    ),
    _signs(
        SignOffMatter.REVIEW_REQUEST,
        path="sign-off/request",
        title="Sign the decision on the request for a local review",
    ),
    _signs(
        SignOffMatter.RAPID_REVIEW,
        path="sign-off/rapid-review",
        title="Sign off the rapid review",
        note=length_to_sign,
    ),
    _signs(
        SignOffMatter.TERMS_OF_REFERENCE,
        path="sign-off/terms",
        title="Endorse the terms of reference",
    ),
    _signs(
        SignOffMatter.INTERIM_LEARNING,
        path="sign-off/interim-learning",
        title="Agree to learning that is shared before the report",
    ),
    _signs(
        SignOffMatter.RECOMMENDATIONS,
        path="sign-off/recommendations",
        title="Endorse the recommendations",
        intro=f"{_INTRO} Whoever agrees endorses each recommendation that is put; whoever does not "
        "says which one, and why (PUB-18).",
    ),
    _signs(
        SignOffMatter.REPORT,
        path="sign-off/report",
        title="Sign off the report",
    ),
    _signs(
        SignOffMatter.PUBLICATION,
        path="sign-off/publication",
        title="Approve what is published, and when",
    ),
    _signs(
        SignOffMatter.TAKING_DOWN,
        path="sign-off/published-report",
        title="Decide whether the published report is taken down, or published again",
    ),
    _signs(
        SignOffMatter.PROPOSED_PLAN,
        path="sign-off/proposed-plan",
        title="Agree on the action plan",
    ),
    _signs(
        SignOffMatter.ACTION_PLAN,
        path="sign-off/plan",
        title="Sign off the completed action plan, and decide that the case is closed",
        intro=f"{_INTRO} Whoever agrees decides for their seat that the case is closed at the "
        "Executive (EMB-05, G11).",
    ),
)
