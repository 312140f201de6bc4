"""Pages of joint reviews: the invitation, the reply, and what is shared (RR-28, RR-29)."""

from collections.abc import Iterable

from services.casework.joint.default_lead import default_told
from services.casework.joint.membership import fellow_members, is_lead
from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint import answer as joint_answer
from services.casework.steps.joint import (
    change_answer,
    change_proposal,
    sharing,
    sharing_approval,
    sharing_end,
    sharing_extension,
    withdrawal,
)
from services.casework.steps.joint import invitation as joint_invitation
from services.database.cases import Case
from services.database.joint_reviews import CaseGrant, waiting_grants
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.joint_reviews import last_day_before
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _others(work: UnitOfWork, _case: Case) -> Options:
    """Offer every partnership but our own to be invited."""
    known = known_partnerships(work.session)
    ours = work.actor.partnership_id
    found = (Choice(str(one), name) for one, name in known.items() if one != ours)
    return {"partnership": tuple(found)}


def _fellows(work: UnitOfWork, case: Case) -> Options:
    """Offer the partnerships that take part in the review."""
    known = known_partnerships(work.session)
    found = fellow_members(work, case)
    return {"partnership": tuple(Choice(str(one.tenant_id), known[one.tenant_id]) for one in found)}


def _about(work: UnitOfWork, case: Case) -> Options:
    """Offer whom a change may be about: to the lead those that join, to a joining side itself."""
    if is_lead(work, case):
        return _fellows(work, case)
    known = known_partnerships(work.session)
    ours = work.actor.partnership_id
    is_part = bool(fellow_members(work, case))
    return {"partnership": (Choice(str(ours), known[ours]),) if is_part else ()}


def _invitations(work: UnitOfWork, case: Case) -> Options:
    """Offer the invitations that wait for an answer, by the partnership that was invited."""
    known = known_partnerships(work.session)
    found = withdrawal.open_invitations(work, case)
    return {"invitation": tuple(Choice(str(one.id), known[one.partnership_id]) for one in found)}


def _proposals(work: UnitOfWork, case: Case) -> Options:
    """Offer each proposal that waits by who makes it, and what is to change for whom."""
    known = known_partnerships(work.session)
    return {
        "proposal": tuple(
            Choice(
                str(one.id),
                f"{known[one.member_id]}: {label(one.change)}"
                + (f": {label(one.part)}" if one.part else ""),
                f"Proposed by {one.person}",
            )
            for one in waiting_proposals(work, case)
        )
    }


def _waiting(work: UnitOfWork, case: Case) -> Options:
    return {"grant": _grants(work, waiting_grants(work.session, case.id))}


def _live(work: UnitOfWork, case: Case) -> Options:
    return {"grant": _grants(work, sharing.live_grants(work, case))}


def _to_us(work: UnitOfWork, case: Case) -> Options:
    """Offer what other partnerships show us, by whose it is."""
    known = known_partnerships(work.session)
    found = sharing_extension.grants_to_us(work, case)
    choices = (
        Choice(
            str(one.id),
            f"{known[one.tenant_id]}, until "
            f"{weekday_day_month_year(last_day_before(one.until_at))}",
        )
        for one in found
    )
    return {"grant": tuple(choices)}


def _grants(work: UnitOfWork, grants: Iterable[CaseGrant]) -> tuple[Choice, ...]:
    """Offer each grant by the partnership, the last day and the sections."""
    known = known_partnerships(work.session)
    return tuple(
        Choice(
            str(one.id),
            f"{known[one.partnership_id]}, until "
            f"{weekday_day_month_year(last_day_before(one.until_at))}",
            ", ".join(label(Section(section)) for section in one.sections),
        )
        for one in grants
    )


PAGES = (
    ActPage(
        act=joint_invitation.INVITE,
        path="joint/invite",
        title="Invite another partnership to a joint review",
        button="Put it to the chair",
        done="The invitation waits for the chair. Nothing is shown to the other partnership yet.",
        narrow=_others,
        note=lambda _work, case: default_told(case),
    ),
    ActPage(
        act=sharing_approval.APPROVE_SHARING,
        path="joint/approve",
        title="Approve what is shared with another partnership",
        button="Approve it",
        done="The sharing is in force. The other partnership sees it until its last day.",
        narrow=_waiting,
    ),
    ActPage(
        act=joint_answer.ANSWER_INVITATION,
        path="joint/answer",
        title="Answer the invitation to a joint review",
        button="Send the answer",
        done="Your answer is on record. The partnership that invited is told of it.",
    ),
    ActPage(
        act=sharing.PROPOSE_SHARING,
        path="joint/share",
        title="Share more of the case, or for longer",
        button="Put it to the chair",
        done="The proposal waits for the chair. What is shared now stays as it is until then.",
        narrow=_fellows,
    ),
    ActPage(
        act=sharing_end.END_SHARING,
        path="joint/end",
        title="End what is shared",
        button="End it now",
        done="It is no longer shown. What the other partnership had filed stays with it.",
        narrow=_live,
    ),
    ActPage(
        act=change_proposal.PROPOSE_CHANGE,
        path="joint/change",
        title="Propose a change of the joint review",
        button="Propose it to the other partnership",
        done="The proposal is on record. Nothing changes before a person there agrees.",
        narrow=_about,
    ),
    ActPage(
        act=change_answer.ANSWER_CHANGE,
        path="joint/change/answer",
        title="Answer a proposed change of the joint review",
        button="Send the answer",
        done="Your answer is on record. What both sides agree on is carried out next.",
        narrow=_proposals,
    ),
    ActPage(
        act=sharing_extension.ASK_FOR_EXTENSION,
        path="joint/ask-for-longer",
        title="Ask another partnership to show its case for longer",
        button="Ask for longer",
        done="The other partnership's manager is told. What is shown ends with its last day unless "
        "two people there extend it.",
        narrow=_to_us,
    ),
    ActPage(
        act=withdrawal.WITHDRAW_INVITATION,
        path="joint/withdraw",
        title="Withdraw an invitation to a joint review",
        button="Withdraw it",
        done="The invitation is withdrawn, and nothing is shown for it any more.",
        narrow=_invitations,
    ),
)
