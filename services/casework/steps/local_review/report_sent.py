"""What an agency sends to a local review, and whether it may be sent so (LC-33, LC-34)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import Command, Day, LongText, NeededWhen, Rows, ShortText, YesNo
from services.casework.steps.local_review.chronologies_sent import (
    must_have_sent_chronologies,
    wanted_of,
)
from services.casework.steps.local_review.own_request import own_request
from services.casework.steps.local_review.practitioners_named import (
    FalseAlarm,
    must_name_no_practitioner,
    must_name_none_in_rows,
)
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import WantedItem
from services.domain.errors import AnswerRefused

_IN_REPORT: Final = "an information report is asked for"
IN_REPORT: Final = NeededWhen(_IN_REPORT)


_CONTACT: Final = "Who is your agency's single point of contact for the review? (LC-30)"
_STAFF: Final = "How are practitioners released for the review, and staff supported? (LC-31)"


class Participant(Command):
    """Somebody who may be invited to the learning event, by post (LC-37)."""

    post: ShortText = Field(title="Which post?", description="The post or role, never a name.")
    involvement: ShortText = Field(title="What was their direct involvement?")


class OwnRecommendation(Command):
    """What an agency recommends to itself, whose it is there, and by when (EMB-08)."""

    what: LongText = Field(
        title="What does your agency recommend to itself?",
        description="It may stand in the action plan: name nobody, and tell nothing of the family.",
    )
    whose: ShortText = Field(title="Which post there answers for it?")
    by_when: Day = Field(title="By when?")


class ReportSaid(Command):
    """A report as it is kept; of one from before contact and staff were asked they are unknown."""

    analysis: Annotated[LongText | None, IN_REPORT] = Field(
        default=None, title="Analysis against the key lines of enquiry"
    )
    learning: Annotated[LongText | None, IN_REPORT] = Field(
        default=None, title="Learning and changes already made"
    )
    recommendations: Annotated[tuple[OwnRecommendation, ...], Rows(3, "recommendation")] = Field(
        default=(),
        title="What does your agency recommend to itself?",
        description="Each is taken over into the action plan, or answered (EMB-08).",
    )
    point_of_contact: ShortText | None = Field(default=None, title=_CONTACT)
    staff: LongText | None = Field(default=None, title=_STAFF)
    participants: Annotated[tuple[Participant, ...], Rows(3, "post")] = Field(
        default=(),
        title="Who may be invited to the learning event? (LC-37)",
        description="Practitioners with direct involvement with the child and the family, and "
        "their line managers.",
    )
    no_participant: Annotated[
        LongText | None, NeededWhen("if they are asked for and nobody is entered")
    ] = Field(default=None, title="Why may nobody be invited?")
    names_no_practitioner: YesNo = Field(
        title="Is the report free of practitioners' names? (LC-34)",
        description="Say the role and its responsibility instead.",
    )
    false_alarm: FalseAlarm = None


class SubmitReport(ReportSaid):
    """One agency's report to the review (LC-33, LC-34)."""

    point_of_contact: ShortText = Field(
        title=_CONTACT,
        description="The safeguarding lead who coordinates it, by name, and how to reach them.",
    )
    staff: LongText = Field(
        title=_STAFF,
        description="By post, and no names: who may come, and what those who are affected have.",
    )


class ReportSubmitted(ReportSaid):
    """What is kept of it: a report from before chronologies came as rows holds one in words."""

    chronology: LongText | None = Field(default=None, title="Chronology of involvement")


def report_to_send(work: UnitOfWork, case: Case, said: SubmitReport) -> AgencyRequest:
    """Return the request that the report answers, locked; refuse a report that may not be sent."""
    if not said.names_no_practitioner:
        raise AnswerRefused("names_no_practitioner", "Take practitioners' names out (LC-34).")
    request = own_request(work, case)
    must_have_sent_chronologies(work, case, request.agency_id)
    wanted = wanted_of(work, case, request.agency_id)
    _must_be_whole(wanted, said)
    _must_name_posts(wanted, said)
    texts = {name: getattr(said, name) for name in ("analysis", "learning", "staff")}
    must_name_no_practitioner(work, case, texts, said.false_alarm)
    posts = enumerate(said.participants, 1)
    must_name_none_in_rows(work, case, posts, "participants", said.false_alarm)
    own = enumerate(said.recommendations, 1)
    must_name_none_in_rows(work, case, own, "recommendations", said.false_alarm)
    return request


def _must_name_posts(wanted: tuple[WantedItem, ...], said: SubmitReport) -> None:
    """Refuse a report without whom to invite, where that is asked for, or why nobody (LC-37)."""
    if said.participants and said.no_participant is not None:
        raise AnswerRefused("no_participant", "You have entered who may be invited: leave it out.")
    is_said = said.participants or said.no_participant is not None
    if WantedItem.PARTICIPANTS in wanted and not is_said:
        raise AnswerRefused("participants", "Enter who may be invited, or why nobody (LC-37).")


def _must_be_whole(wanted: tuple[WantedItem, ...], said: SubmitReport) -> None:
    """Refuse a report without what an information report says, where one is asked for.

    Every request was for one before it was said what is wanted.
    """
    if wanted and WantedItem.INFORMATION_REPORT not in wanted:
        return
    for field in ("analysis", "learning"):
        if getattr(said, field) is None:
            raise AnswerRefused(field, f"Enter this: {_IN_REPORT}.")
