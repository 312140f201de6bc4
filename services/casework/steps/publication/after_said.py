"""What is said of a published report later: taken down, published again, redacted (PUB-29)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    KeptFileChoice,
    LongText,
    NeededWhen,
    ShortText,
    Under,
    YesNo,
)
from services.casework.steps.publication.publication_said import WhyThisDay

_HARM: Final = "Whom might what is published harm, and what spares them? (PUB-04)"
_WHOM: Final = (
    "Each child, each brother or sister, and each adult at risk who is involved. Name nobody."
)
_GROUP: Final = "What does the review group say to it?"


class ProposeTakingDown(Command):
    """Why publication has become inappropriate, and what stands in its place (PUB-24, PUB-25).

    The report stays where it is until every partner agrees. One that is merely not found at its
    address is put back instead.
    """

    reasons: LongText = Field(
        title="Why has publication of the report become inappropriate?",
        description="The Panel, Ofsted and the Secretary of State are told these reasons.",
    )
    group_said: LongText = Field(title=_GROUP)
    improvements: LongText = Field(
        title="The information about improvements to be published in its place (PUB-25)"
    )
    anonymised: YesNo = Field(title="Is the information about improvements anonymised? (PUB-16)")
    harm_weighed: LongText = Field(title=_HARM, description=_WHOM)
    police_say: Annotated[
        LongText | None, NeededWhen("if police or prosecution object to publication")
    ] = Field(
        default=None,
        title="What do police and prosecution say to the information in its place? (G10)",
    )
    telling: LongText = Field(
        title="Who is told that it is taken down, in which order?",
        description="Family, staff, members, media. Name nobody.",
    )


class DropPublishedProposal(Command):
    """Why what was put to the partners about the published report is not pursued."""

    reasons: LongText = Field(
        title="Why is it not pursued?",
        description="Such as that a partner disagrees. The report stays as it stands.",
    )


class TakeDown(Command):
    """That the report is gone from its address, and what is published in its place (PUB-25).

    Record it once both are done. The Panel, Ofsted and the Secretary of State are told by a notice,
    and the national repository by a letter.
    """

    taken_down_on: Day = Field(title="When was the report taken down?")
    why_before: Annotated[
        LongText | None, NeededWhen("if that was before every partner agreed")
    ] = Field(
        default=None,
        title="Why was it gone before the partners decided?",
        description="Until they decided, the report was not available (K13).",
    )
    by_whom: ShortText = Field(title="Who took it down, by post?")
    address: ShortText = Field(
        title="The web address of the information about improvements",
        description="It is looked for there from now on (PUB-29).",
    )


class ProposeReissue(Command):
    """Why and when the report is published again, as it was or changed (PUB-24, PUB-26).

    Once every partner agrees, its full text goes to the Panel, Ofsted and the Secretary of State
    again, in time for the same notice as the first time (K12).
    """

    reasons: LongText = Field(title="Why may the report be published again?")
    group_said: LongText = Field(title=_GROUP)
    publish_on: Day = Field(title="When is it to be published again?")
    why_this_day: WhyThisDay = None
    file: Annotated[
        KeptFileChoice | None, NeededWhen("if its text has changed"), Under("What is published")
    ] = Field(
        default=None,
        title="Which file is the changed report?",
        description="A PDF that is added under Documents, and put forward to be checked. Leave "
        "this open if the text is what it was.",
    )
    what_changed: Annotated[LongText | None, NeededWhen("if its text has changed")] = Field(
        default=None,
        title="What has changed in it?",
        description="In words that may be sent. Name nobody.",
    )
    anonymised: YesNo = Field(title="Is the report anonymised, with no genogram? (PUB-16, FAM-06)")
    names_reviewers: YesNo = Field(title="Does it name its reviewers? (PUB-27)")
    harm_weighed: LongText = Field(title=_HARM, description=_WHOM)
    telling: LongText = Field(
        title="Who is told that it is published again, in which order?",
        description="Family, staff, members, media. Name nobody.",
    )


class Reissue(Command):
    """That the report is published again (PUB-28, PUB-29).

    Its year counts from the first day, with the days shown on which it was away.
    """

    published_on: Day = Field(title="When was it published again?")
    address: ShortText = Field(title="Its web address")
    why_other_day: Annotated[
        LongText | None, NeededWhen("if it was another day than the partners approved")
    ] = Field(
        default=None,
        title="Why was it published on another day, and what do the partners say to it?",
    )


class ReportReissued(Reissue):
    """What is kept of it: with the file of a changed report, as it was put to the partners."""

    file: KeptFileChoice | None = Field(default=None, title="File of the changed report")


class RedactPublished(Command):
    """That a changed text of the published report went up at once (PUB-04, PUB-16).

    For what cannot wait, such as a child who can be recognised. The changed full text goes to the
    Panel, Ofsted and the Secretary of State the same day. A change that can wait is published again
    with notice.
    """

    file: KeptFileChoice = Field(
        title="Which file is the changed report?",
        description="A PDF that is added under Documents, and put forward to be checked.",
    )
    replaced_on: Day = Field(title="When did it take the place of the text before?")
    what_changed: LongText = Field(
        title="What has changed in it?",
        description="In words that may be sent: what was left out is not repeated. Name nobody.",
    )
    reasons: LongText = Field(
        title="Why could it not wait for the usual notice?",
        description="In words that may be sent. Name nobody.",
    )
    names_reviewers: YesNo = Field(title="Does it still name its reviewers? (PUB-27)")
    by_whom: ShortText = Field(title="Who decided that it goes up at once, by post?")
    address: ShortText | None = Field(
        default=None, title="If its web address has changed with it, what is the new one?"
    )
