"""Gates G6 to G8: the terms of reference, the lead reviewer, the agencies' reports."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.chapters import learning_event
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

NEEDED = EmailTrigger.SIGN_OFF_NEEDED
AGENCIES = ("hospital", "schools")
WORKSHOP: Final = {"method": "systems_workshop", "without_practitioners": None}
SHORTER: Final = {"method": "proportionate", "without_practitioners": None}


def agree_terms(story: Story, on: str, **method: str | None) -> None:
    """The chair draws up the terms; on the review group's advice they are put to the partners."""
    draw_up_terms(story, **method)
    advise_on_terms(story, on)


def draw_up_terms(story: Story, **method: str | None) -> None:
    """The chair draws up the terms of reference, and nobody is asked to sign them yet (G6)."""
    drawn_up = Expected(documents=(DocumentKind.TERMS_OF_REFERENCE,))
    story.does("chair", "agree_terms", {"agencies": _named(story), **method}, drawn_up)


def amend_terms(story: Story, on: str) -> None:
    """The terms are amended while the review is open: what and why, and all endorse it (LC-06)."""
    refusal = Refusal(field="changed", says="say what is changed in these")
    story.is_refused("chair", "agree_terms", {"agencies": _named(story)}, refusal)
    changes = {
        **WORKSHOP,
        "changed": "The review looks at missed appointments as well.",
        "why_changed": "The hospital told of them.",
    }
    drawn_up = Expected(documents=(DocumentKind.TERMS_OF_REFERENCE,))
    story.does("chair", "agree_terms", {"agencies": _named(story), **changes}, drawn_up)
    advise_on_terms(story, on)
    sign_terms(story)


PAPERS: Final = {
    DocumentKind.AUTHOR_REQUIREMENTS: 2,
    DocumentKind.TEAM_MINUTES: 2,
    DocumentKind.PROGRESS_REQUEST: 1,
    DocumentKind.PROGRESS_REPORT: 2,
}
"""What the commissioning of a review leaves that is asked how it goes on, by form."""


def advise_on_terms(story: Story, on: str) -> None:
    """The chair records that the review group advises the partners to endorse them (DEC-15, G6)."""
    answers = {"matters": ("terms", "methodology", "author"), "on_terms": "endorse"}
    put = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    _oversee(story, on, answers, put)


def name_team(story: Story) -> None:
    """The manager names somebody for each partner to the review team (LC-25)."""
    story.is_refused(
        "manager",
        "name_review_team",
        {"members": ()},
        Refusal(field="members", says="Name somebody for each partner"),
    )
    story.does("manager", "name_review_team")


def settle_team(story: Story) -> None:
    """Say that the review needs no team, unless that is on record (LC-25)."""
    timeline = story.browser("manager").open(f"/cases/{story.case}/timeline").text
    if "eview team named, or why" not in timeline:
        story.does("manager", "name_review_team", {"is_needed": False, "members": ()})


def progress_is_reported(story: Story, today: str, next_on: str) -> None:
    """The chair asks the lead reviewer in writing how it goes on, who answers (LC-21)."""
    request, answer = DocumentKind.PROGRESS_REQUEST, DocumentKind.PROGRESS_REPORT
    asked = Expected(documents=(request,), emails=(EmailTrigger.PROGRESS_ASKED,))
    story.does("chair", "ask_for_progress", {"by_when": day(today)}, asked)
    told = Expected(documents=(answer,), emails=(EmailTrigger.PROGRESS_REPORTED,))
    story.does("reviewer", "report_progress", {"next_on": day(next_on)}, told)
    story.shows("chair", "commissioning/oversight", "Progress report of the lead reviewer")
    _partners_monitor(story, today, next_on)


def _partners_monitor(story: Story, on: str, next_on: str) -> None:
    """The partners consider time and quality, and when they do next; none is left out (LC-21)."""
    found = {"considered_on": day(on), "next_on": day(next_on)}
    alone = {**found, "took_part": (Labelled(story.place.people["police"]),)}
    refusal = Refusal(field="absent", says="say why, and how they know of it")
    story.is_refused("police", "monitor_review", alone, refusal)
    story.does("police", "monitor_review", {**alone, "absent": "They have read what is kept."})


def oversee_progress(story: Story, on: str) -> None:
    """The review group considers how the review goes on; each time is an entry of its own."""
    concern = {"concern": "A report is late.", "course": "The chair rings the agency's lead."}
    _oversee(story, on, {"concerns": ({**concern, "by_when": day(on)},)}, Expected())


def _oversee(story: Story, on: str, answers: Answers, expected: Expected) -> None:
    who = {"took_part": (Labelled(story.place.people["chair"]),), "considered_on": day(on)}
    story.does("chair", "oversee_commissioning", {**who, **answers}, expected)


def team_meets(story: Story, held_on: str, kind: str, *present: str, next_on: str) -> None:
    """The manager records a meeting of the review team, its standing items among it (FAM-04)."""
    answers = {
        "meeting": kind,
        "held_on": day(held_on),
        "present": tuple(Labelled(story.place.people[one]) for one in present),
        "themes": ({"theme": learning_event.THEME},),
        "meets_on": day(next_on),
    }
    minutes = Expected(documents=(DocumentKind.TEAM_MINUTES,))
    story.does("manager", "record_team_meeting", answers, minutes)


def share_before_report(story: Story, on: str) -> None:
    """Learning is shared while the review goes on, once all partners agree (LC-22)."""
    named = {"agencies": _named(story)}
    story.does("chair", "propose_interim_learning", named, Expected(emails=(NEEDED,)))
    shared = {"shared_on": day(on)}
    refusal = Refusal(says="once every partner has agreed to it", status=409)
    story.is_refused("manager", "share_interim_learning", shared, refusal)
    all_sign(story, "sign_interim_learning")
    story.does("manager", "share_interim_learning", shared)


def work_around_a_gap(story: Story) -> None:
    """The chair lists who may not be met yet; the review goes on, and the gap is settled later."""
    story.does("chair", "list_gap")
    story.does("chair", "settle_gap", {"gap": FIRST_OFFERED, "ending": "stands_without"})


def sign_terms(story: Story) -> None:
    """The partners endorse the terms."""
    all_sign(story, "sign_terms")


def appoint_reviewer(story: Story, **answers: str) -> None:
    """The business manager appoints the reviewer, who is asked to declare (LC-24, G7)."""
    reviewer = Labelled(story.place.people["reviewer"])
    expected = Expected(
        documents=(DocumentKind.REVIEWER_NOTICE, DocumentKind.DRAFTING_GUIDANCE),
        emails=(EmailTrigger.DECLARATION_NEEDED, EmailTrigger.REVIEWER_NAMED),
    )
    said = {"person": reviewer, "capacity": "lead", "endorsed": _endorsed(story), **answers}
    story.does("manager", "appoint_reviewer", said, expected)


def _endorsed(story: Story) -> tuple[Answers, ...]:
    """Each partner endorses it on the day on which it is made (LC-03)."""
    on = day(story.today)
    people = (story.place.people[one] for one in story.place.partners)
    return tuple({"partner": Labelled(one), "endorsed_on": on} for one in people)


def ask_candidates(story: Story, answer_by: str, handed_on: str) -> None:
    """Candidates are given what the partners require of the author, by a paper (LC-03, Doc 7)."""
    made = Expected(documents=(DocumentKind.AUTHOR_REQUIREMENTS,))
    story.does("manager", "draw_up_requirements", {"answer_by": day(answer_by)}, made)
    given = {"handed_on": day(handed_on), "way": "email", "answer": "interested"}
    story.does("manager", "record_candidate", given)


def review_by_two(story: Story) -> None:
    """A second reviewer is appointed beside the first and told to the bodies, and ends (LC-23)."""
    second = {"person": Labelled(story.place.people["second-reviewer"]), "capacity": "lead"}
    second |= {"endorsed": _endorsed(story)}
    refusal = Refusal(field="beside", says="together")
    story.is_refused("manager", "appoint_reviewer", {**second, "beside": None}, refusal)
    appoint_beside(story, "second-reviewer")
    end_reviewer(story, "second-reviewer")


def appoint_beside(story: Story, who: str) -> None:
    """Somebody is appointed to review together with who is, and the bodies are told (LC-23)."""
    beside = {"person": Labelled(story.place.people[who]), "capacity": "lead", "beside": True}
    beside |= {"endorsed": _endorsed(story)}
    told = Expected(
        documents=(DocumentKind.REVIEWER_NOTICE, DocumentKind.DRAFTING_GUIDANCE),
        emails=(EmailTrigger.DECLARATION_NEEDED, EmailTrigger.REVIEWER_NAMED),
    )
    story.does("manager", "appoint_reviewer", beside, told)


def end_reviewer(story: Story, who: str) -> None:
    """A reviewer ends, and the case is closed to them."""
    story.does("manager", "end_reviewer", {"person": Labelled(story.place.people[who])})


def declare(story: Story, who: str = "reviewer") -> None:
    """The lead reviewer declares no conflict and signs; only now is the case open to them (G7)."""
    story.does(who, "declare")


def request_reports(story: Story, due: str, heeded: str | None = None) -> None:
    """The business manager asks agencies for their reports, by a letter each (LC-29, INF-01).

    Where something may not be asked for now, how that is kept to is said (LC-17).
    """
    wanted = ("chronology", "organisational_changes", "information_report")
    answers = {"agencies": _named(story), "due": day(due), "wanted": wanted}
    expected = Expected(
        documents=(DocumentKind.REPORT_REQUEST, DocumentKind.CHRONOLOGY_GUIDANCE),
        emails=(EmailTrigger.REPORT_REQUESTED,),
    )
    if heeded:
        held = Refusal(field="heeded", says="Say how that is kept to")
        story.is_refused("manager", "request_reports", answers, held)
    story.does("manager", "request_reports", {**answers, "heeded": heeded}, expected)


def ask_for_more(story: Story, agency: str, due: str) -> None:
    """The lead reviewer asks an agency that was asked before for its policies (LC-11)."""
    answers = {
        "agency": Labelled(story.place.agency(agency)),
        "wanted": ("policies",),
        "period_from": None,
        "period_to": None,
        "due": day(due),
    }
    expected = Expected(
        documents=(DocumentKind.REPORT_REQUEST,), emails=(EmailTrigger.REPORT_REQUESTED,)
    )
    story.does("reviewer", "ask_for_more", answers, expected)


def send_report(story: Story, agency: str, own_by: str = "") -> None:
    """An agency sends its chronologies and its report: roles, and no names (LC-33, LC-34)."""
    story.does(agency, "submit_chronology")
    story.does(agency, "submit_changes")
    expected = Expected(
        documents=(DocumentKind.AGENCY_REPORT,), emails=(EmailTrigger.REPORT_RECEIVED,)
    )
    own = {"what": "Every ward names a lead.", "whose": "Head of nursing"}
    answers = {"recommendations": (own | {"by_when": day(own_by)},)} if own_by else {}
    story.does(agency, "submit_report", answers, expected)


def merge_and_accept(story: Story, agency: str) -> None:
    """One chronology is made of all; an agency is heard, and its report accepted (LC-33, LC-35)."""
    called = Expected(emails=(EmailTrigger.REPORT_MEETING_CALLED,))
    asked = {"agency": Labelled(story.place.agency(agency))}
    story.does("reviewer", "invite_agency", asked, called)
    made = Expected(documents=(DocumentKind.MERGED_CHRONOLOGY,))
    story.does("reviewer", "merge_chronologies", {"agencies": ()}, made)
    accept_report(story, agency)


def return_report(story: Story, agency: str, by_when: str) -> None:
    """The lead reviewer sends a report back for more, by a day (LC-26)."""
    answers = {"agency": Labelled(story.place.agency(agency)), "by_when": day(by_when)}
    expected = Expected(emails=(EmailTrigger.REPORT_RETURNED,))
    story.does("reviewer", "return_report", answers, expected)


def accept_report(story: Story, agency: str, who: str = "reviewer") -> None:
    """The lead reviewer accepts a report into the review (G8), or the chair where there is none."""
    answers = {"agency": Labelled(story.place.agency(agency))}
    expected = Expected(emails=(EmailTrigger.REPORT_ACCEPTED,))
    story.does(who, "accept_report", answers, expected)


def accept_at_once(story: Story, *agencies: str) -> None:
    """The lead reviewer accepts several reports by one act, once each was opened (G8, LC-26)."""
    said = {"judgement": "accepted", "reasons": None, "by_when": None}
    rows = tuple({"agency": Labelled(story.place.agency(one)), **said} for one in agencies)
    unread = Refusal(field="reports", says="you have not opened it here")
    story.is_refused("reviewer", "judge_reports", {"reports": rows}, unread)
    for one in story.connections.database.documents(story.case):
        if one.kind == DocumentKind.AGENCY_REPORT and one.form == "pdf":
            story.opens("reviewer", one.id)
    expected = Expected(emails=(EmailTrigger.REPORT_ACCEPTED,))
    story.does("reviewer", "judge_reports", {"reports": rows}, expected)


def excuse_report(story: Story, agency: str) -> None:
    """An agency never answers: the business manager says why the review does without (G8)."""
    answers = {"agency": Labelled(story.place.agency(agency))}
    story.does("manager", "excuse_report", answers)


def _named(story: Story) -> tuple[Labelled, ...]:
    return tuple(Labelled(story.place.agency(which)) for which in AGENCIES)
