"""The forms that are no act on a case: signing in and out, roles, alerts, a file, the clock."""

from functools import partial
from uuid import uuid4

import httpx

from services.casework.bank_holidays import AnswerHoliday, ProposeHoliday
from services.casework.commands import Kind
from services.casework.directory.organisations import add_organisation
from services.casework.engine.pausing import SetPause
from services.casework.policies import AdoptPolicy
from services.casework.practice_clock import MovePracticeClock
from services.casework.steps.referral import referral
from services.domain.roles import Role
from services.web.forms.fields import Question, questions
from services.web.pages.account.email_habits import ASKED as ASKED_OF_EMAILS
from services.web.pages.documents import ASKED as ASKED_OF_A_FILE
from services.web.pages.signing_in import ASKED as ASKED_AT_THE_DOOR
from tests import factories
from tests.bad_input.carried import CASES, try_once
from tests.bad_input.fields import Fields, Leaf, posted
from tests.bad_input.files import BOUNDARY, Sent, a_picture, in_parts, try_files
from tests.bad_input.requests import try_addresses, try_questions, try_requests
from tests.bad_input.stage import PASSWORD, Browser, Stage
from tests.bad_input.trying import Form
from tests.directory import an_organisation, placed
from tests.driven import Driven
from tests.isolation_drafts import a_view
from tests.policy_factories import adopt_policy
from tests.world import at

ALERT = "insert into alerts (tenant_id, id, code, person_id, at) values (%s, %s, %s, %s, %s)"


def an_id(name: str) -> tuple[Question, ...]:
    """Return a question whose answer is the id of something that the page offers."""
    return (Question(name=name, asks=name, helps="", kind=Kind.PERSON, required=True),)


def sign_in_and_out(stage: Stage) -> None:
    """Try the two forms of the door, and the one of the roles."""
    manager = stage.world.ours.actor(Role.BUSINESS_MANAGER)
    email = stage.world.ours.email(Role.BUSINESS_MANAGER)
    said = {"email": [email], "password": [PASSWORD]}
    door = Form("/sign-in", "/sign-in", stage.stranger(), said, ASKED_AT_THE_DOOR)
    try_once(stage, door)
    browser = stage.person(manager)
    try_once(stage, Form("/sign-out", "/sign-out", browser, {}, stands_on="/cases"))
    held = "select id from memberships where person_id = %s"
    ((membership,),) = stage.place.ask(held, manager.person_id)
    chosen = {"membership": [str(membership)]}
    try_once(stage, Form("/roles", "/roles", browser, chosen, an_id("membership")))


def alerts(stage: Stage) -> None:
    """Try the form by which an alert is marked as seen."""
    ours, alert = stage.world.ours, uuid4()
    chair = ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
    known = (ours.partnership_id, alert, "refused_reads", chair, stage.now)
    stage.place.ask(f"{ALERT} returning id", *known)
    browser = stage.person(ours.actor(Role.BUSINESS_MANAGER))
    try_once(stage, Form("/alerts", "/alerts", browser, {"alert": [str(alert)]}, an_id("alert")))


def practice_clock(stage: Stage) -> None:
    """Try the form that moves the time of a demonstration."""
    browser = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    moved = {"to-day": ["3"], "to-month": ["3"], "to-year": ["2026"], "to-time": ["10:30"]}

    def kept(_leaf: object) -> object:
        question = "select nullif(practice_offset, 0) from partnerships where tenant_id = %s"
        return stage.place.ask(question, stage.world.ours.partnership_id)[0][0]

    asked = questions(MovePracticeClock)
    try_once(stage, Form("/practice-clock", "/practice-clock", browser, moved, asked, kept=kept))


def pause(stage: Stage) -> None:
    """Try the form by which operators pause a partnership's machine work."""
    ours = stage.world.ours
    browser = stage.person(ours.actor(Role.OPERATIONS))
    said = {"partnership": [str(ours.partnership_id)], "is_paused": ["yes"], "because": ["A look."]}

    def kept(leaf: Leaf) -> object:
        question = "select work_paused_because from partnerships where tenant_id = %s"
        found = stage.place.ask(question, ours.partnership_id)[0][0]
        return found if leaf.name == "because" else None

    asked = questions(SetPause)
    path = "/operations/pause"
    try_once(stage, Form(path, path, browser, said, asked, kept=kept))


def bank_holidays(stage: Stage) -> None:
    """Try the forms by which two operators change the bank holidays."""
    first, second = (side.actor(Role.OPERATIONS) for side in (stage.world.ours, stage.world.theirs))
    path, asked = "/operations/bank-holidays", questions(ProposeHoliday)
    words = ProposeHoliday(
        held_on="2026-12-07", struck_out="2026-12-25", title="A move", source="A notice"
    )

    def proposed(leaf: Leaf) -> object:
        question = f"select {leaf.name} from holiday_proposals order by proposed_at desc limit 1"  # noqa: S608 -- a field
        return next((found for (found,) in stage.place.ask(question)), None)

    form = Form(path, path, stage.person(first), posted(words, asked), asked, kept=proposed)
    try_once(stage, form)
    form.open()
    assert form.post(form.valid).status_code == 303
    ((waiting,),) = stage.place.ask("select id from holiday_proposals")
    answered, path = questions(AnswerHoliday), f"{path}/answer"
    answer = AnswerHoliday(proposal=waiting, is_approved=False, reasons="It is a hoax.")

    def said(leaf: Leaf) -> object:
        found = stage.place.ask("select reasons from holiday_answers")
        return found[0][0] if found and leaf.name == "reasons" else None

    browser = stage.person(second)
    try_once(stage, Form(path, path, browser, posted(answer, answered), answered, kept=said))


def policy_adoption(stage: Stage) -> None:
    """Try the form by which an agency adopts the policy in force."""
    browser = stage.person(stage.world.ours.actor(Role.AGENCY_LEAD))
    path, asked = "/policy/adoption", questions(AdoptPolicy)

    def kept(leaf: Leaf) -> object:
        found = stage.place.ask("select decided_by from policy_adoptions")
        return found[0][0] if found and leaf.name == "decided_by" else None

    said = posted(adopt_policy(adopted_on="2025-12-10"), asked)
    try_once(stage, Form(path, path, browser, said, asked, kept=kept))


def a_file(stage: Stage) -> None:
    """Try the form that adds a file, and every address below a case that names an id."""
    stage.now = at("2025-12-12 11:00")
    case, elsewhere = Driven(stage.world), Driven(stage.world)
    form = form_of_a_file(stage, case)
    try_once(stage, form)
    try_files(stage, form, partial(_send_file, form))
    for each in (elsewhere, case):
        form.path = f"/cases/{each.case_id}/documents"
        form.open()
        assert form.post(form.valid).status_code == 303
    _addresses(stage, case, elsewhere)


def form_of_a_file(stage: Stage, case: Driven) -> Form:
    """Return the form that adds a file to the case."""
    browser = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    path = f"/cases/{case.case_id}/documents"

    titled = tuple(one for one in ASKED_OF_A_FILE if one.kind is not Kind.DOCUMENT)
    form = Form(f"{CASES}/documents", path, browser, {"title": ["A drawing"]}, titled)
    form.send = lambda fields: _send_file(form, fields, a_picture())
    return form


def _send_file(form: Form, fields: Fields, file: Sent) -> httpx.Response:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    content = in_parts(fields, file)
    return form.browser.ask("POST", form.path, content=content, headers={"content-type": kind})


def _addresses(stage: Stage, case: Driven, elsewhere: Driven) -> None:
    clock = "select id from running_clocks where case_id = %s order by id limit 1"
    document = "select id from documents where case_id = %s limit 1"
    ids = {
        "case_id": str(case.case_id),
        "agency_id": str(stage.world.ours.actor(Role.AGENCY_LEAD).agency_id),
        "clock_id": str(stage.place.ask(clock, case.case_id)[0][0]),
        "document_id": str(stage.place.ask(document, case.case_id)[0][0]),
        "dispatch_id": str(uuid4()),
        "entry_id": str(placed(stage.world, name="A Council to look at")),
        "partnership_id": str(stage.world.theirs.partnership_id),
        "search_id": _a_search(stage),
        "view_id": _a_view(stage),
        "code": "give_view",
        "kind": "scoping_letter",
        "what": "file",
        "act": "give_view",
        "matter": "notification",
        "version": "1",
        "number": "1",
        "token": "no-address",
        "rule": "RR-50",
    }
    stage.ids["a clock elsewhere"] = str(stage.place.ask(clock, elsewhere.case_id)[0][0])
    stage.ids["a document elsewhere"] = str(stage.place.ask(document, elsewhere.case_id)[0][0])
    with stage.world.act(stage.world.theirs.actor(Role.AGENCY_LEAD), stage.now) as work:
        stage.ids["their case"] = str(referral.refer(work, factories.refer()).id)
    with stage.world.act(stage.world.theirs.actor(Role.BUSINESS_MANAGER), stage.now) as work:
        stage.ids["their entry"] = str(add_organisation(work, an_organisation()).id)
    manager = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    try_addresses(stage, manager, ids)
    try_questions(stage, manager, ids)
    _left_out(stage, manager, ids)


def _a_search(stage: Stage) -> str:
    """Return the id of what the manager searched for."""
    browser = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    form = Form("/search", "/search", browser, {"words": ["Robin"]})
    form.open()
    return form.post(form.valid).headers["location"].removeprefix("/search/")


def _a_view(stage: Stage) -> str:
    """Return the id of a view that the manager keeps."""
    with stage.world.act(Role.BUSINESS_MANAGER, stage.now) as work:
        view = a_view(work)
        work.session.add(view)
        return str(view.id)


def _left_out(stage: Stage, manager: Browser, ids: dict[str, str]) -> None:
    """Send whole requests to forms whose answers other tests try: drafts, accounts, collecting."""
    habits = {"way": ["digest"], "digest_hour": ["8"]}
    page = "/account/emails"
    try_once(stage, Form(page, page, manager, habits, ASKED_OF_EMAILS))
    calendar = "/account/calendar"
    for path in (calendar, f"{calendar}/end"):
        hidden = manager.hidden(calendar)
        try_requests(stage, Form(path, path, manager, {}, hidden=hidden))
    drafts = ("/drafts/refer", f"/cases/{ids['case_id']}/drafts/mark_duplicate")
    for path in drafts:
        try_requests(stage, Form(path, path, manager, {}, hidden=manager.hidden("/refer")))
    for path in ("/account/password", "/account/prove"):
        try_requests(stage, Form(path, path, manager, {}, hidden=manager.hidden(path)))
    for path in ("/collect/no-address", "/forgotten-password"):
        stranger = stage.stranger()
        try_requests(stage, Form(path, path, stranger, {}, hidden=stranger.hidden(path)))
