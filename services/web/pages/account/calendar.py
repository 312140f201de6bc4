"""The addresses of a person's calendar: made, shown once, and ended."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.who_is import SignedIn
from services.casework.calendar_feeds.addresses import end_feed, kinds_for, make_feed, own_feeds
from services.database.unit_of_work import UnitOfWork
from services.domain.calendar_feeds import FeedKind
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.account_forms import ACCOUNT, lately_proved
from services.web.app_state import site_of
from services.web.cookies import CurrentPerson
from services.web.dependencies import acting_in, requires
from services.web.form_input import PostedForm
from services.web.path_ids import id_in
from services.web.rendering import page

HERE: Final = f"{ACCOUNT}/calendar"
router = APIRouter(prefix=HERE)

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("")
def ask(request: Request, work: Reader, known: CurrentPerson) -> Response:
    """Show which addresses there are, and how to make one."""
    return _shown(request, work, known)


@router.post("")
def make(request: Request, work: Reader, known: CurrentPerson, posted: PostedForm) -> Response:
    """Make an address and show it, once; whoever makes one has shown lately that it is them."""
    person = lately_proved(known, HERE, by_organisation=True)
    kind = next((one for one in FeedKind if one.value == posted.only("kind")), None)
    if kind is None:
        raise NotFound("There is no such calendar.")
    secret = make_feed(site_of(request).sign_in_engine, person, acting_in(known), kind)
    address = f"{site_of(request).neighbours.base_url}/calendars/{secret}/keyline.ics"
    return _shown(request, work, known, address)


@router.get("/end")
def back_to_the_addresses(_work: Reader) -> Response:
    """Go back to the page with the button, where a sign-in came between."""
    return RedirectResponse(HERE, status_code=303)


@router.post("/end")
def end(request: Request, work: Reader, posted: PostedForm) -> Response:
    """End an address of the person's own: it opens nothing from then on."""
    feed_id = id_in(posted.only("feed"))
    end_feed(site_of(request).sign_in_engine, work.actor.person_id, feed_id)
    return RedirectResponse(f"{HERE}?done=ended", status_code=303)


def _shown(
    request: Request, work: UnitOfWork, known: SignedIn | None, address: str = ""
) -> Response:
    held = acting_in(known)
    feeds = own_feeds(site_of(request).sign_in_engine, work.actor.person_id, held.membership_id)
    return page(
        request,
        "pages/account/calendar.html",
        feeds=feeds,
        kinds=kinds_for(work.actor),
        partnership=work.partnership.name,
        address=address,
        is_ended=request.query_params.get("done") == "ended",
        once=uuid4(),
    )
