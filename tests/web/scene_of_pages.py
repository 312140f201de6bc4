"""What people do so that a page of each template is there to be seen."""

import json
from typing import Final

from sqlalchemy import text

from deployments.demo.partnerships import OPERATIONS, PASSWORD, PLACES, PLATFORM_ADMINISTRATOR
from tests.identity_providers import a_provider_for
from tests.matrix import PNG
from tests.own_templates import a_template
from tests.papers import OTHERWISE
from tests.tenant_files import tenant_file
from tests.web.accounts import code_of, demanding, put_back, secret_on
from tests.web.conftest import World
from tests.web.one_of_each import Pages, go_everywhere, noting
from tests.web.programs import confirmed, entered, hooked, let_in
from tests.web.referrals import refer
from tests.web.returned import have_a_return
from tests.web.test_api_persons import BACK
from tests.web.test_api_persons import asked as asked_by
from tests.web.test_bank_holidays_page import propose
from tests.web.test_directory_pages import CONTACT, FROM
from tests.web.test_directory_pages import link as link_that
from tests.web.test_information_request_pages import words as request_words
from tests.web.test_inspection_pages import pack_words
from tests.web.test_learning_pages import LOOK, NOTED
from tests.web.test_matrix import ids_below
from tests.web.test_operator_acts_page import WHY, an_email_is_held
from tests.web.test_own_templates import HERE as TEMPLATE
from tests.web.test_own_templates import send as propose_template
from tests.web.test_people_pages import HERE, invited_by, words
from tests.web.test_policy_pages import propose as propose_policy
from tests.web.test_saved_views import keep as keep_view
from tests.web.test_saved_views import kept as kept_views
from tests.web.visitors import Reader, Visitor

CHAIR: Final = PLACES[0].email("chair")
INSIDE: Final = ("manager", "chair", "hospital", "council", "administrator", "police")
CAUGHT: Final = """
    insert into caught_emails (tenant_id, message_id, sender, recipient, subject, body, raw)
    values (:place, '<one@keyline.example>', 'keyline@keyline.example', 'manager@example.org',
            'A return is overdue', 'See the page.', '')
"""
CORRECTION: Final = "notification/referral/correction/sections"
DISPOSED: Final = "5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
# To dispose of a case costs a case of its own; the page needs one line of the ledger.
LEDGER: Final = """
    insert into disposals (tenant_id, id, disposed_case, reference, record_class, closed_at, rows,
                           files, links_sha256, proposed_by, proposed_at, approved_by, disposed_at)
    select :place, cast(:line as uuid), gen_random_uuid(), 'EX-0', 'not_reviewed', now(),
           cast('{"entries": 7}' as jsonb), 1, 'x', id, now(), id, now() from people limit 1
"""
# Each body is called by another word than the framework's, by which a page that says that is found.
OWN_WORDS: Final = """
    update partnerships
    set policy = policy || jsonb_build_object('own_words', cast(:words as jsonb))
"""


def pages_of(world: World) -> dict[str, str]:
    """Return the HTML of a page of each template, by the template's name."""
    found = Pages()
    with world.admin.begin() as link:
        link.execute(text(OWN_WORDS), {"words": json.dumps(dict(OTHERWISE.own_words))})
    with noting(found):
        at_the_door(world, found)
        inside(world, found)
        forms_that_lead_on(world, found)
    return found.html


def at_the_door(world: World, found: Pages) -> None:
    """Sign in where a second factor is demanded, for the first time and for the second."""
    with put_back(world):
        first = demanding(world)
        first.sign_in(CHAIR)
        asked = first.get("/sign-in/set-up")
        found.take(asked)
        first.post("/sign-in/set-up", {**asked.hidden, "code": code_of(secret_on(asked))})
        found.take(first.get("/account"))
        found.take(first.get("/account/recovery-codes"))
        second = demanding(world)
        second.sign_in(CHAIR)
        found.take(second.get("/sign-in/second"))
        found.take(second.get("/sign-in/oidc/nobody/callback"))


def inside(world: World, found: Pages) -> None:
    """Go to one address of each kind, as somebody who is shown it."""
    manager, operator = world.person("manager"), signed_in(world, OPERATIONS)
    platform, case = signed_in(world, PLATFORM_ADMINISTRATOR.email), refer(manager)
    something_on_record(world, manager, case)
    propose(operator)
    said = {"course": "stop_email", "items": an_email_is_held(world, case), "because": WHY}
    done = operator.post("/operations/emails", operator.unopened() | said)
    known = {"kind": "scoping_letter", "what": "file", "rule": "RR-50"}
    known |= {"case_id": case[-36:], "token": "x" * 43, "version": "1", "domain": "nowhere.example"}
    known |= {name.strip("{}"): value for name, value in ids_below(world, case).items()}
    found.take(operator.get(done.where))
    found.take(platform.get("/administration"))
    for address in (
        f"{_view_kept_by(manager)}/change",
        *(f"{case}/{CORRECTION}?part={part}" for part in ("1", "check")),
        f"/retention/disposals/{DISPOSED}",
        manager.send("/search", {"words": "Robin"}).where,
    ):
        found.take(manager.get(address))
    council = world.person("council")
    found.take(council.ask("GET", f"{case}/declaration"))
    found.take(council.get(f"{case}/nothing-here"))
    people = [manager, *map(world.person, INSIDE[1:]), platform, operator, world.visitor()]
    readers = [as_they_are(one, case) for one in people]
    go_everywhere(found, readers, known)
    hospital = world.person("hospital")
    found.take(hospital.get(f"{refer(hospital)}/agency-reports/chronology/table"))
    propose_policy(manager)
    found.take(council.get("/policy/proposal"))
    propose_template(manager, a_template())
    found.take(world.person("administrator").get(TEMPLATE))


def _view_kept_by(manager: Visitor) -> str:
    """Have the manager keep a view of a list; return where it is."""
    keep_view(manager, "Ours")
    return kept_views(manager)["Ours"]


def something_on_record(world: World, manager: Visitor, case: str) -> None:
    """Have one of each on record that pages show: a document, a caught email, a contact ..."""
    a_provider_for(world.engine, PLACES[0].code)
    with world.admin.begin() as link:
        link.execute(text(CAUGHT), {"place": PLACES[0].partnership_id})
        link.execute(text(LEDGER), {"place": PLACES[0].partnership_id, "line": DISPOSED})
    manager.upload(f"{case}/documents", {"title": "A scan"}, "scan.png", PNG)
    have_a_return(manager, case)
    manager.send("/information-requests/enter", request_words())
    manager.send("/national-reviews/note", NOTED)
    manager.send("/trends/look", LOOK)
    keeping = manager.get("/views?of=cases").hidden
    manager.post("/views/keep", {**keeping, "name": "Overdue in schools"})
    body = {"kind": "outside_body", "name": "Zebra Coroner (example)", **FROM}
    manager.send("/directory/organisations/add", body)
    add = link_that(manager.get("/directory"), "Add a contact")
    manager.send(add, {"role": "where_to_send", **CONTACT, **FROM})
    assert manager.send("/inspection-packs/open", pack_words(manager)).where


def signed_in(world: World, email: str) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(email).status == 303
    return visitor


def as_they_are(visitor: Visitor, case: str) -> Reader:
    """Return the person as one whose pages are not read: that is done once, in a browser."""
    visitor.get(case)  # declares
    return Reader(visitor.app, visitor.cookies, declares=False)


def forms_that_lead_on(world: World, found: Pages) -> None:
    """Found a partnership, and have people appointed who take up what they are invited to."""
    administrator = world.person("administrator")
    platform = signed_in(world, PLATFORM_ADMINISTRATOR.email)
    told = {"file": tenant_file("DLX"), "is_checked": "yes"}
    found.take(platform.send("/administration/found", told))
    system = entered(administrator, "Case system (example)")
    confirmed(platform, system)
    secret = f"{HERE}/systems/{system}/secret"
    found.take(administrator.send(secret, {"reasons": "To begin."}))
    told = hooked(administrator, platform, system, "https://system.example/hook")
    found.take(administrator.get(told))
    found.take(administrator.post(f"{told}/secret", administrator.unopened()))
    asking = let_in(world, platform, "Client (example)", scopes="persons", return_address=BACK)
    found.take(administrator.get(asked_by(asking)))
    for address in (PLACES[1].email("chair"), "new@new.example"):
        administrator.send(f"{HERE}/appoint", words(address=address))
        link, invited = invited_by(world, platform, address), world.visitor()
        asked = invited.post(link, invited.get(link).hidden)
        found.take(asked)
    said = {"answer": "accept", "name": "New Comer", "password": PASSWORD}
    found.take(invited.post(link, {**asked.hidden, **said}))
    begun = administrator.unopened() | words(address="later@new.example")
    assert administrator.post(f"{HERE}/appoint?keep=later", begun).where == "/#begun"
    found.take(administrator.get("/"))
