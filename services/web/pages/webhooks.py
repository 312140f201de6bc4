"""What a system is told by webhook: its address, its signing secret, and each message."""

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.engine.webhook_signing import name_of_secret
from services.casework.people.webhooks import (
    keep_secret_sealed,
    must_take_secret,
    new_secret,
    tell_again,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.form_input import PostedForm
from services.web.path_ids import TheEntryId, id_told
from services.web.people_shown import PEOPLE
from services.web.rendering import page
from services.web.view_models.webhooks import webhook_page

router = APIRouter(prefix=f"{PEOPLE}/systems/{{entry_id}}/webhook")

Reader = Annotated[UnitOfWork, requires(Permission.ADMINISTER_PARTNERSHIP)]
Maker = Annotated[Transactions, requires_for_each(Permission.ADMINISTER_PARTNERSHIP)]
CHOSEN: Final = "message"
MOST_CHOSEN: Final = 100


@router.get("")
def told(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show where the system is told, and what became of each message."""
    return _shown(request, work, entry_id)


@router.get("/secret")
@router.get("/again")
def back_to_what_is_told(entry_id: TheEntryId, _work: Reader) -> Response:
    """Go back to the page with the buttons, where a sign-in came between."""
    return RedirectResponse(f"{PEOPLE}/systems/{entry_id}/webhook", status_code=303)


@router.post("/secret")
def make(entry_id: TheEntryId, request: Request, transaction: Maker, _: PostedForm) -> Response:
    """Make a signing secret and show it; the one before is signed with as well for a day."""
    with transaction() as work:
        webhook = must_take_secret(work, entry_id)
        name = name_of_secret(webhook)
    secret = new_secret()
    # The key service is asked with no transaction open.
    sealed = site_of(request).neighbours.store.seal(name, secret.encode())
    with transaction() as work:
        keep_secret_sealed(work, must_take_secret(work, entry_id), sealed)
        view = webhook_page(work, entry_id)
    return page(
        request, "pages/administration/webhook_secret.html", secret=secret, view=view, at=PEOPLE
    )


@router.post("/again")
def again(entry_id: TheEntryId, transaction: Maker, posted: PostedForm) -> Response:
    """Send the messages that were ticked again, each under the id that it has."""
    told_ids = posted.all(CHOSEN)[:MOST_CHOSEN]
    ids = {found for one in told_ids if (found := id_told(one)) is not None}
    with transaction() as work:
        tell_again(work, entry_id, ids)
    return RedirectResponse(f"{PEOPLE}/systems/{entry_id}/webhook", status_code=303)


def _shown(request: Request, work: UnitOfWork, entry_id: UUID) -> Response:
    return page(
        request,
        "pages/administration/webhook.html",
        view=webhook_page(work, entry_id),
        at=PEOPLE,
        once=uuid4(),
        sends=site_of(request).neighbours.webhooks.is_set_up,
    )
