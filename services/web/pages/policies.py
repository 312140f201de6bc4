"""The partnership's policy: the version in force, those before it, and who has adopted it."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.policies import (
    AdoptPolicy,
    adopt_policy,
    is_asked_to_adopt,
    waiting_version,
)
from services.database.policies import get_policy_version
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.examples import EXAMPLES
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import Choice, Options, questions
from services.web.forms.rendering import show
from services.web.path_ids import number_in
from services.web.rendering import page
from services.web.view_models.policy import adoption_lines, policy_view, standing_of, version_lines

router = APIRouter(prefix="/policy")

Reader = Annotated[UnitOfWork, requires(Permission.READ_POLICY)]
Adopter = Annotated[UnitOfWork, requires(Permission.ADOPT_POLICY)]
ASKED: Final = questions(AdoptPolicy)


@router.get("")
def policy(request: Request, work: Reader) -> Response:
    """Show what the partnership has chosen for itself, and what nobody may change."""
    sees_agencies = work.actor.may(Permission.READ_DIRECTORY)
    return page(
        request,
        "pages/policy.html",
        partnership=work.partnership,
        view=policy_view(stored_policy(work.partnership.policy)),
        number=work.partnership.policy_version,
        versions=version_lines(work),
        adoptions=adoption_lines(work) if sees_agencies else [],
        is_asked=is_asked_to_adopt(work),
        waits=waiting_version(work),
    )


@router.get("/versions/{version}")
def version(version: str, request: Request, work: Reader) -> Response:
    """Show one version of the policy, how it stands, and the reason for it."""
    found = get_policy_version(work.session, number_in(version))
    return page(
        request,
        "pages/policy_version.html",
        partnership=work.partnership,
        view=policy_view(stored_policy(found.policy)),
        version=found,
        standing=standing_of(work, found),
    )


@router.get("/examples")
def examples(request: Request, work: Reader) -> Response:
    """List the published procedures that are said as policies (5A)."""
    return page(
        request, "pages/policy_examples.html", partnership=work.partnership, examples=EXAMPLES
    )


@router.get("/examples/{code}")
def example(code: str, request: Request, work: Reader) -> Response:
    """Show one published procedure as a policy, and what of it none can say, with why."""
    found = EXAMPLES.get(code)
    if found is None:
        raise NotFound("There is no such example of a policy.")
    return page(
        request,
        "pages/policy_example.html",
        partnership=work.partnership,
        example=found,
        view=policy_view(found.policy),
    )


@router.get("/adoption")
def ask_adoption(request: Request, work: Adopter) -> Response:
    """Show the form by which an agency adopts the version in force."""
    return _shown(request, work, Again())


@router.post("/adoption")
def adopt(request: Request, work: Adopter, posted: PostedForm) -> Response:
    """Record that the agency adopts the version that the form showed."""
    form = FormSent(AdoptPolicy, ASKED, posted, _in_force(work))
    done = carry_out(work, form, lambda command: adopt_policy(work, command))
    if isinstance(done, Again):
        return _shown(request, work, done)
    return RedirectResponse("/policy", status_code=303)


def _shown(request: Request, work: UnitOfWork, again: Again) -> Response:
    return page(
        request,
        "pages/policy_adoption.html",
        again.status,
        partnership=work.partnership,
        number=work.partnership.policy_version,
        form=show(ASKED, _in_force(work), again.posted, again.problems),
        once=uuid4(),
    )


def _in_force(work: UnitOfWork) -> Options:
    return {"version": (Choice(str(work.partnership.policy_version), ""),)}
