"""Gate G10: the plan, its approval, the text sent ahead, then publication or improvements."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.publication_days import PublishedWhere
from tests.acceptance.answers import FIRST_OFFERED, Labelled
from tests.acceptance.chapters import commissioning, dispatches
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.paper_words import said_in_order, squeezed
from tests.acceptance.story import Story


def plan(story: Story, publish_on: str, send_by: str, where: PublishedWhere | None = None) -> None:
    """The business manager plans publication; the last day to send the text follows (K12)."""
    named = {} if where is None else {"where": where.value}
    answers = {"publish_on": day(publish_on), **named}
    story.does("manager", "decide_legal_advice")
    story.does("manager", "plan_publication", answers, _planned(send_by))


def keeps_clear(story: Story, on: str, why: str) -> None:
    """A day to be avoided is not taken without a reason; the weeks ahead say why (PUB-21)."""
    answers = {"publish_on": day(on), "why_this_day": None}
    refusal = Refusal(field="why_this_day", says=why)
    story.is_refused("manager", "plan_publication", answers, refusal)


def step(story: Story, which: str, on: str, who: str = "manager") -> None:
    """One step of the plan is recorded by who took it (PUB-21)."""
    story.does(who, "record_publication_step", {"step": which, "done_on": day(on)})


def withhold(story: Story, publish_on: str, send_by: str) -> None:
    """The partners decide that compelling circumstances make publication wrong (PUB-25)."""
    answers = {"publish_on": day(publish_on)}
    story.is_refused(
        "manager",
        "withhold_report",
        answers,
        Refusal(says="Decide first whether legal advice is needed", status=409),
    )
    story.does("manager", "decide_legal_advice")
    story.does("manager", "withhold_report", answers, _planned(send_by))


def present(story: Story, on: str) -> None:
    """The report and its learning are presented to the partners: the last approval (GOV-18)."""
    story.does("manager", "record_presentation", {"held_on": day(on)})


def approve(story: Story, on: str) -> None:
    """The partners approve the plan; bodies and practitioners are told (GOV-16, PUB-22)."""
    notice = DocumentKind.PUBLICATION_NOTICE
    all_sign(
        story,
        "sign_publication",
        Expected(documents=(notice,), emails=(EmailTrigger.STAFF_TO_BE_TOLD,)),
    )
    dispatches.confirm(story, notice, EmailTrigger.PUBLICATION_DECIDED)
    staff_are_told(story, on)


def staff_are_told(story: Story, on: str) -> None:
    """Each agency tells its practitioners of the day, one confirms it by telephone (PUB-22)."""
    first, last = commissioning.AGENCIES
    story.does(first, "confirm_staff_told", {"told_on": day(on)})
    by_telephone = {"agency": Labelled(story.place.agency(last)), "told_on": day(on)}
    paper = Expected(documents=(DocumentKind.STAFF_CONFIRMATIONS,))
    story.does("manager", "record_staff_told", by_telephone, paper)


def pre_send(story: Story, met: str, *, improvements: bool = False) -> None:
    """The text and its file go to Panel, Ofsted and Secretary of State in time (PUB-26, K12)."""
    sent = EmailTrigger.IMPROVEMENTS_PRE_SENT if improvements else EmailTrigger.PRE_PUBLICATION_SENT
    text = DocumentKind.PRE_PUBLICATION_DISPATCH
    report, instead = DocumentKind.PUBLISHED_REPORT, DocumentKind.IMPROVEMENT_INFORMATION
    file = instead if improvements else report
    story.does("manager", "pre_send", expected=Expected(documents=(text, file)))
    dispatches.read(story, file)
    dispatches.confirm(story, text, sent, {"K12": met})


def is_commented_on(story: Story, on: str) -> None:
    """A body comments on the text; the partners answer, and it is sent the answer (PUB-26)."""
    how = {"letter_file": None, "came_how": "By telephone, to the business manager"}
    answers = {"body": "ofsted", "received_on": day(on), **how}
    told = Expected(emails=(EmailTrigger.BODY_COMMENTED,))
    story.does("manager", "record_body_comment", answers, told)
    said = {"comment": FIRST_OFFERED, "course": "not_taken_up"}
    paper = DocumentKind.COMMENT_ANSWER
    story.does(story.place.partners[0], "answer_body_comment", said, Expected(documents=(paper,)))
    dispatches.confirm(story, paper, EmailTrigger.BODY_ANSWERED)


def publish(story: Story, on: str, expected: Expected) -> None:
    """The report is published, and stays so for a year (K13)."""
    story.does("manager", "publish", {"published_on": day(on)}, expected)
    report = DocumentKind.PUBLISHED_REPORT
    dispatches.confirm(story, report, EmailTrigger.REPORT_TO_REPOSITORY)


def publish_unnamed(story: Story, on: str, expected: Expected) -> None:
    """The repository publishes it without our name, at an address that is told later (PUB-27)."""
    answers = {"published_on": day(on), "address": None}
    story.does("manager", "publish", answers, expected)
    report = DocumentKind.PUBLISHED_REPORT
    dispatches.confirm(story, report, EmailTrigger.REPORT_TO_REPOSITORY)
    shown = {"looked_on": day(on), "address": "https://repository.example/reports/77"}
    story.does("communications", "confirm_available", shown)


def is_another_day(story: Story) -> None:
    """Each partner says what they say to another day than they approved (PUB-21)."""
    for who in story.place.partners:
        story.does(who, "answer_other_day")


def is_as_sent(story: Story, called: str = "Lead reviewer") -> None:
    """What is published is the text that was sent: word for word, with the names (PUB-26, PUB-27).

    It is read from the bytes of both papers, which the manager downloads.
    """
    sent = _said(story, DocumentKind.PRE_PUBLICATION_DISPATCH)
    published = _said(story, DocumentKind.PUBLISHED_REPORT)
    called = squeezed(called)
    text = published.partition(called)[2].rpartition("Availability")[0]
    if not text or called + text not in sent:
        story.differs("the report as published is not the text that was sent before it")


def names(story: Story, kind: DocumentKind, *people: str) -> None:
    """The newest paper of the kind names these reviewers, and of the others who reviewed none."""
    said = _said(story, kind)
    reviewers = ", ".join(story.place.people[one] for one in people)
    if squeezed(f"Lead reviewer {reviewers}") not in said:
        story.differs(f"the newest {kind} does not name {reviewers} as its reviewers")


def _said(story: Story, kind: DocumentKind) -> str:
    """Return what the newest PDF of the kind says, without what parts its words."""
    made = [one for one in story.connections.database.documents(story.case) if one.form == "pdf"]
    newest = max((one for one in made if one.kind == kind), key=lambda one: one.version)
    path = f"/cases/{story.case}/documents/{newest.id}"
    return said_in_order(story.browser("manager").fetch(path))


def is_there(story: Story, on: str) -> None:
    """The communications lead opens the report at its address, and says so (PUB-29, K13)."""
    story.does("communications", "confirm_available", {"looked_on": day(on)})


def is_copied(story: Story, on: str) -> None:
    """Somebody asks for a copy, and is given it (PUB-29)."""
    answers = {"asked_on": day(on), "given_on": day(on)}
    story.does("communications", "record_archived_copy", answers)


def is_followed(story: Story, on: str) -> None:
    """A summary of progress is published after the report (PUB-16)."""
    story.does("manager", "record_update", {"published_on": day(on)})


def is_published(starts: dict[str, str], meets: dict[str, str], *also: EmailTrigger) -> Expected:
    """Return what follows from publication: the file went ahead (PUB-26); also other emails."""
    return Expected(
        starts=starts,
        meets=meets,
        emails=(EmailTrigger.REPORT_PUBLISHED, *also),
    )


def publish_improvements(story: Story, on: str, meets: dict[str, str]) -> None:
    """Information about improvements is published, as it went ahead, not the report (PUB-25)."""
    expected = Expected(meets=meets, emails=(EmailTrigger.IMPROVEMENTS_PUBLISHED,))
    story.does("manager", "publish_improvements", {"published_on": day(on)}, expected)


def _planned(send_by: str) -> Expected:
    return Expected(starts={"K12": send_by}, emails=(EmailTrigger.SIGN_OFF_NEEDED,))
