"""One incident carried through every act by its people, page by page."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from deployments.demo.partnerships import PLACES
from services.casework.engine.email_delivery import deliver
from services.casework.provisioning import person_id_of
from services.domain.dispatches import Notice
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.web.act_pages.registry import TODO_PAGES
from tests.sent_out import accept_emails, make_checks, make_papers, send_out
from tests.web.answering import answered, attempt, do, each_endorsed_it, named_on
from tests.web.conftest import World, site_of
from tests.web.families import settle_family
from tests.web.learnt import NOTHING_ITSELF, plan_of_review, practice_seen
from tests.web.referrals import REFERRAL, refer
from tests.web.reported import endorse_and_sign
from tests.web.visitors import Visitor
from tests.world import Side
from tests.world import World as ActWorld

AGENCIES = (
    "hospital",
    "community-health",
    "schools",
    "childrens-services",
    "constabulary",
    "housing",
)
PARTNERS = ("council", "west-council", "icb", "police")
PANEL = "panel@national-bodies.invalid"

# The criteria of both kinds are met, and agencies are told why: nothing has to be given a reason.
STILL_MET = {"no_longer_met": [], "rationale": "", "agencies_why_not": "", "why_fifth": ""}
NO_DEPUTIES = {f"deputies-{row}-{who}": "" for row in (0, 1) for who in ("person", "in_place_of")}


def path_of(what: str | Todo) -> str:
    """Return the page of a todo below the case's address; a path stays what it is."""
    return TODO_PAGES[what].path if isinstance(what, Todo) else what


@dataclass
class People:
    """The people of one partnership, each signed in when first needed."""

    world: World
    case: str
    known: dict[str, Visitor]

    def __getitem__(self, who: str) -> Visitor:
        if who not in self.known:
            self.known[who] = self.world.person(who, place=2)
        return self.known[who]

    def do(self, who: str, what: str | Todo, **changes: object) -> None:
        if what in {Todo.QUALITY_ASSURE, Todo.PRE_SEND}:  # of a report that Keyline has checked
            make_checks(*_on_record(self, self.world), self.world.now)
        do(self[who], f"{self.case}/{path_of(what)}", self.world.now.date(), **changes)

    def sign(self, matter: str) -> None:
        for who in PARTNERS:
            self.do(who, f"sign-off/{matter}", position="agrees")


@pytest.fixture(scope="module")
def people(world: World) -> People:
    world.now = datetime(2026, 2, 2, 9, tzinfo=UTC)
    found = People(world, "", {})
    found.case = refer(found["manager"])
    return found


def go_to(world: World, year: int, month: int, day: int) -> date:
    world.now = datetime(year, month, day, 15, tzinfo=UTC)
    return world.now.date()


def test_the_whole_way_from_referral_to_the_close(people: People, world: World):
    _up_to_the_submission(people, world)
    _the_local_review(people, world)
    _publication(people, world)
    _learning(people, world)
    page = people["manager"].get(people.case).text
    assert page.index("Closed") < page.index("Nothing on this case waits for you")
    ended = people["manager"].get(f"{people.case}/clocks").page
    done = {one["href"].partition("?")[0] for one in ended.select("a[href*='/clocks/']")}
    assert all(people["manager"].get(path).status == 200 for path in done)


def _up_to_the_submission(people: People, world: World) -> None:
    people.do("police", Todo.GIVE_VIEW)
    told = {"aware_at": date(2026, 1, 30), "aware_at-time": "10:40pm"}
    people.do("notifier", Todo.RECORD_AWARENESS, **told)
    people.do("notifier", Todo.DECIDE_TO_NOTIFY)
    people.do("notifier", Todo.RECORD_NOTIFICATION)
    people.do("manager", Todo.REQUEST_RETURNS)
    today = go_to(world, 2026, 2, 4)
    people.do("manager", "scoping/chase")
    for agency in AGENCIES[:-1]:
        people.do(agency, Todo.SUBMIT_RETURN)
    for _ in ("housing", "the surgery, which has no account"):
        people.do("manager", "scoping/excuse")
    _set_meeting(people)
    people.do("manager", "meeting/attendees")
    people.do("manager", Todo.ACCEPT_PACK, minutes="tabled")
    go_to(world, 2026, 2, 12)
    _hold_meeting(people)
    people.do("chair", Todo.WRITE_RECORD)
    _an_attendee_agrees(people)
    # The Panel has not answered yet: it cannot have asked for a local review (DEC-04).
    people.do("chair", Todo.ANSWER_CRITERIA, must__3__applies="no")
    people.do("chair", Todo.PROPOSE_DECISION, **{"actions-0-by_when": today}, **STILL_MET)
    _one_council_disagrees(people, today)
    people.sign("rapid-review")
    make_papers(*_on_record(people, world), world.now, Notice.RAPID_REVIEW_SUBMITTED)
    people.do("manager", Todo.SUBMIT, **{"submitted_at-time": "14:00", "address": PANEL})
    people.do("manager", Todo.RECORD_PANEL_ANSWER)


def _set_meeting(people: People) -> None:
    """K7, RR-44: the page tells the first day of the window, too, since too early is a breach."""
    page = people["manager"].get(f"{people.case}/{path_of(Todo.SET_MEETING)}").text
    told = re.search(r"meeting: from ([^(]*), and by the end of ([^.]*)\.", page)
    assert told is not None, page
    assert told.groups() == ("Monday 9 February 2026", "Tuesday 17 February 2026")  # 6 to 12 here
    people.do("manager", Todo.SET_MEETING, meeting_at=date(2026, 2, 12))


def _hold_meeting(people: People) -> None:
    """RR-48: who chaired is one of those who attended."""
    form = people["chair"].get(f"{people.case}/{path_of(Todo.HOLD_MEETING)}").page
    chair = named_on(form, ", review group chair")
    people.do("chair", Todo.HOLD_MEETING, chaired_by=chair, **NO_DEPUTIES)


def _an_attendee_agrees(people: People) -> None:
    """RR-47: the manager sees who has still to answer, an attendee reads the record and answers."""
    page = people["manager"].get(f"{people.case}/meetings").text
    assert "have still to answer whether the record is right" in page
    agency = AGENCIES[0]
    record = people[agency].get(f"{people.case}/{path_of(Todo.AGREE_RECORD)}").text
    assert "Immediate safeguarding arrangements" in record
    people.do(agency, Todo.AGREE_RECORD)
    own = people[agency].get(people.case).text
    assert "Agrees the record" in own
    assert "Review group chair" not in own, "of the others nothing is said"
    assert "Agrees the record" in people["manager"].get(f"{people.case}/meetings").text


def _one_council_disagrees(people: People, today: date) -> None:
    """One dissent decides nothing and stays in sight; a form of the round before is too late."""
    form = f"{people.case}/sign-off/rapid-review"
    people.do("west-council", "sign-off/rapid-review", position="disagrees", reasons="Not met.")
    assert "1 of 4 have signed; 1 disagrees" in people["manager"].get(people.case).text
    dissent = people["manager"].get(f"{people.case}/decisions").text
    assert "1 of 4 have signed" in dissent
    assert "Nothing is decided while a partner disagrees" in dissent
    opened = answered(people["council"].get(form).page, today)
    other = {"grounds": "Not met any more.", "actions-0-by_when": today}
    people.do("chair", Todo.PROPOSE_DECISION, **other, **STILL_MET)
    late = people["council"].post(form, opened)
    assert late.status == 409
    assert "A newer version was put to the partners (round 2)" in late.problems[0]
    assert late.hidden["round"] == "2"
    page = people["manager"].get(f"{people.case}/decisions").text
    assert "0 of 4 have signed, round 2" in page
    for council in ("East Riverside Council (example)", "West Riverside Council (example)"):
        assert f"Local authority: {council} Waiting" in page
    assert "Dissent on earlier versions: Local authority: West Riverside Council" in page
    assert "round 1): Not met." in page
    _shows_what_changed(people["council"].get(form).text)


def _shows_what_changed(form: str) -> None:
    """RR-30, GOV-12: what is signed now, what it was before, who else stands where, by what right.

    What was said of the first version stays in sight.
    """
    changed, positions = form.index("What has changed since round 1"), form.index("partner stands")
    assert "Before: Said in the test. Now: Not met any more." in form[changed:positions]
    assert form.count("Waiting since") == 4
    assert "round 1): Not met." in form[positions:]
    assert "You sign for: local authority: East Riverside Council (example)." in form


def _the_local_review(people: People, world: World) -> None:
    go_to(world, 2026, 3, 2)
    people.do("chair", Todo.AGREE_TERMS, method="other", why_fifth="")
    people.do("chair", Todo.OVERSEE_COMMISSIONING)
    people.sign("terms")
    reviewer = people["manager"].get(f"{people.case}/{path_of(Todo.APPOINT_REVIEWER)}").page
    said = {"person": named_on(reviewer, "Grayling Inkpot"), "capacity": "lead", "why_none": ""}
    said |= each_endorsed_it(reviewer, world.now.date())
    people.do("manager", Todo.APPOINT_REVIEWER, **said)
    led_to = people["reviewer"].ask("GET", people.case).where
    assert led_to.startswith(f"{people.case}/declaration?next=")
    assert people["reviewer"].get(people.case).status == 200, "declared on the way"
    by = world.now.date() + timedelta(days=20)
    asked = {"wanted": "information_report", "heeded": ""}
    people.do("manager", Todo.REQUEST_REPORTS, due=by, **asked)
    for agency in AGENCIES:
        people.do(agency, Todo.SUBMIT_REPORT, no_participant="", **NOTHING_ITSELF)
    people.do("reviewer", "agency-reports/return")
    for agency in AGENCIES:
        path = f"{people.case}/{path_of(Todo.SUBMIT_REPORT)}"
        attempt(people[agency], path, world.now.date(), no_participant="", **NOTHING_ITSELF)
    for _agency in AGENCIES:
        people.do("reviewer", Todo.JUDGE_REPORT)
    people.do("manager", "agency-reports/excuse")  # of the surgery, which has no account
    settle_family(people["manager"], people["reviewer"], people.case, world.now.date())
    endorse_and_sign(people)


def _publication(people: People, world: World) -> None:
    today = go_to(world, 2026, 6, 1)
    delayed_to = today + timedelta(days=30)
    people.do("manager", "publication/delay", expected_on=delayed_to, why_later="")
    people.do("manager", "publication/legal-advice")
    weeks = people["manager"].get(f"{people.case}/publication/plan").page.select("#weeks ~ details")
    assert len(weeks) == 12
    assert "Saturday (the calendar)" in weeks[-1].get_text()
    people.do(
        "manager",
        Todo.PLAN_PUBLICATION,
        publish_on=date(2026, 6, 22),
        public_name="Kestrel",
        timetable__7__by=date(2026, 6, 23),
    )
    people.do("manager", "publication/presentation")
    people.sign("publication")
    for agency in AGENCIES:
        people.do(agency, Todo.CONFIRM_STAFF_TOLD)
    people.do("manager", "publication/staff-of-agency")  # of the surgery, which has no account
    people.do("manager", Todo.PRE_SEND)
    _the_text_is_sent(people, world)
    go_to(world, 2026, 6, 22)
    people.do("manager", Todo.PUBLISH, address="https://partnership.example/report")


def _learning(people: People, world: World) -> None:
    later = date(2026, 9, 1)
    people.do("chair", Todo.PROPOSE_PLAN, **plan_of_review(later))
    people.sign("proposed-plan")
    people.do("manager", Todo.UPDATE_ACTIONS, progress="complete")
    people.sign("plan")
    people.do("manager", Todo.SEE_PRACTICE, **practice_seen(world.now.date()))
    waits = attempt(people["council"], f"{people.case}/{path_of(Todo.CLOSE)}", world.now.date())
    assert "Send this first" in waits.problems[0]
    who = Actor(
        person_id=person_id_of(PLACES[2].email("manager")),
        partnership_id=PLACES[2].partnership_id,
        role=Role.BUSINESS_MANAGER,
    )
    send_out(*_on_record(people, world), world.now, who=who)
    people.do("council", Todo.CLOSE)


def _on_record(people: People, world: World) -> tuple[ActWorld, CaseId]:
    side = Side(PLACES[2].code, "none.example")
    record = ActWorld(world.engine, side, side, store=world.store)
    return record, CaseId(UUID(people.case.rpartition("/")[2]))


def _the_text_is_sent(people: People, world: World) -> None:
    """It is made, downloaded as a package, read, confirmed and accepted; each is on the page."""
    record, case_id = _on_record(people, world)
    manager = people["manager"]
    assert "The document is being made" in manager.get(f"{people.case}/sharing").text
    make_papers(record, case_id, world.now, Notice.REPORT_PRE_SENT)
    todo = manager.get(people.case)
    assert "confirm it: the report before publication" in todo.text
    early = attempt(manager, f"{people.case}/{path_of(Todo.CONFIRM_DISPATCH)}", world.now.date())
    assert "you have not opened it here" in early.problems[0]
    (package, *_more) = manager.get(f"{people.case}/sharing").page.select("a[href$='/package']")
    assert manager.get(package["href"]).status == 200
    assert people["chair"].get(package["href"]).status == 403
    people.do("manager", Todo.CONFIRM_DISPATCH)
    assert "With the mail service" in manager.get(f"{people.case}/sharing").text
    accept_emails(record, case_id, world.now)  # all that waits but what tells of the dispatch
    while deliver(site_of(world, lambda: world.now).neighbours):
        pass
    page = manager.get(f"{people.case}/sharing").text
    assert page.count("Accepted by the mail service") == 3
    assert PANEL in page


def test_every_thing_a_person_may_be_asked_has_its_page():
    assert set(Todo) == set(TODO_PAGES)


def test_the_referral_used_here_is_complete():
    assert REFERRAL["children-0-name"]
