"""A new version of the policy: written on a form, compared, tried, and applied by two people."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from services.casework.policies import (
    AnswerPolicy,
    answer_policy,
    must_not_be_answered,
    newest_applied,
    propose_policy,
    waiting_version,
)
from services.casework.policy_form import as_said, policy_said
from services.casework.policy_questions import ProposePolicy
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.examples import EXAMPLES
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out, gone_on
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from services.web.forms.rendering import show
from services.web.kept_forms import stands_also
from services.web.rendering import page
from services.web.view_models.policy_trial import proposal_view

router = APIRouter(prefix="/policy")

Proposer = Annotated[UnitOfWork, requires(Permission.PROPOSE_POLICY)]
Decider = Annotated[UnitOfWork, requires(Permission.DECIDE_POLICY)]
Reader = Annotated[UnitOfWork, requires(Permission.READ_POLICY)]
ASKED: Final = questions(ProposePolicy)
ANSWERED: Final = questions(AnswerPolicy)
THE_PROPOSAL: Final = "/policy/proposal"


@router.get("/propose")
def ask(request: Request, work: Proposer, begin: str = "") -> Response:
    """Show the form with the newest policy that is applied, or with a published procedure."""
    example = EXAMPLES.get(begin)
    policy = example.policy if example else newest_applied(work)
    return _form(request, work, Again(as_posted(as_said(policy), ASKED)), begin)


@router.post("/propose")
def propose(request: Request, work: Proposer, posted: PostedForm) -> Response:
    """Put the version to a second person, and show what it would change."""
    before, begin = newest_applied(work), posted.one("begin")
    example = EXAMPLES.get(begin)
    begun = example.policy.extra_clocks if example else {}
    done = carry_out(
        work,
        FormSent(ProposePolicy, ASKED, posted),
        lambda said: propose_policy(work, said, policy_said(said, before, begun)),
    )
    if isinstance(done, Again):
        return _form(request, work, done, begin)
    return gone_on(work, THE_PROPOSAL)


@router.get("/proposal")
def proposal(request: Request, work: Reader) -> Response:
    """Show the version that waits: how it differs, which dates it would move, who may apply it."""
    return _proposal(request, work, Again())


@router.get("/proposal/{version}")
def proposed(version: str, request: Request, work: Decider) -> Response:
    """Show it where its answer is posted, so that a form that was kept comes back there."""
    _waits(work, version)
    return _proposal(request, work, Again())


@router.post("/proposal/{version}")
def answer(version: str, request: Request, work: Decider, posted: PostedForm) -> Response:
    """Apply the version, or refuse it."""
    number = _asked_of(work, version)
    form = FormSent(AnswerPolicy, ANSWERED, posted)
    done = carry_out(work, form, lambda said: answer_policy(work, number, said))
    if isinstance(done, Again):
        return _proposal(request, work, done)
    return gone_on(work, "/policy")


def _asked_of(work: UnitOfWork, version: str) -> int:
    """Return the number of the version that is answered; what was answered before says by whom."""
    must_not_be_answered(work, version)
    return _waits(work, version)


def _waits(work: UnitOfWork, version: str) -> int:
    """Return the number of the version that waits, if it is the one that the address names."""
    waits = waiting_version(work)
    if waits is None or version != str(waits.version):
        raise NotFound("This version of the policy does not wait for a second person.")
    return waits.version


def _form(request: Request, work: UnitOfWork, again: Again, begin: str) -> Response:
    return page(
        request,
        "pages/policy_propose.html",
        again.status,
        partnership=work.partnership,
        examples=EXAMPLES,
        begin=begin if begin in EXAMPLES else "",
        waits=waiting_version(work),
        form=show(ASKED, {}, again.posted, again.problems),
        once=uuid4(),
    )


def _proposal(request: Request, work: UnitOfWork, again: Again) -> Response:
    waits = waiting_version(work)
    if waits is None:
        raise NotFound("No version of the policy waits for a second person.")
    if work.actor.may(Permission.DECIDE_POLICY):
        stands_also(request, work, f"{THE_PROPOSAL}/{waits.version}")
    return page(
        request,
        "pages/policy_proposal.html",
        again.status,
        partnership=work.partnership,
        version=waits,
        proposal=proposal_view(work, waits),
        form=show(ANSWERED, {}, again.posted, again.problems),
        once=uuid4(),
    )
