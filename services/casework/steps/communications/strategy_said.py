"""What the communications strategy holds, from its first version on (Doc 17)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    Under,
)
from services.casework.steps.communications.key_days import KeyDays

BeforePlan = NeededWhen("before a day is planned")


class Audience(Command):
    """Somebody who is told, in their place in the order."""

    audience: ShortText = Field(title="Who is told?")
    way: ShortText = Field(title="By whom, and how?")
    time: ShortText = Field(title="When?", description="Such as on the day before publication.")


class Spokesperson(Command):
    """Who speaks for an organisation, by post."""

    post: ShortText = Field(title="Post and organisation")
    about: ShortText = Field(title="Speaks on what?")


class QuestionExpected(Command):
    """A question that journalists or others may ask, with the answer that is agreed."""

    question: ShortText = Field(title="Question that may be asked")
    answer: LongText = Field(title="Answer agreed")


class PublicationRisk(Command):
    """What may go wrong, and what is done about it."""

    risk: ShortText = Field(title="What may go wrong?")
    response: LongText = Field(title="What is done about it?")


class PlanCommunications(Command):
    """How publication is prepared and what is said, with the communications lead of each body.

    It begins while the report is written, and grows from version to version. Name nobody of the
    family and no practitioner: the communications teams read it.
    """

    prepared_with: LongText = Field(
        title="Which communications leads prepare it, of which organisations? (PUB-20)",
        description="By post.",
    )
    audiences: Annotated[tuple[Audience, ...], Rows(6, "audience")] = Field(
        default=(),
        title="Who is told, in this order?",
        description="The family, staff, elected members, partners, media.",
    )
    spokespeople: Annotated[tuple[Spokesperson, ...], Rows(3, "spokesperson")] = Field(
        default=(), title="Who speaks, by post?"
    )
    media_contact: ShortText = Field(
        title="The one contact for the media, by post (PUB-23)",
        description="At the communications team of the local authority.",
    )
    days: Annotated[LongText | None, BeforePlan] = Field(
        default=None,
        title="Which day is aimed at, and which days are kept clear of? (PUB-21)",
        description="Such as a birthday, the day of the incident, or a day in court.",
    )
    kept_clear: Annotated[tuple[KeyDays, ...], Rows(4, "day or days")] = Field(
        default=(),
        title="Days that publication keeps clear of",
        description="Of brothers and sisters, of a death, school holidays, the weeks before an "
        "election, and others. The children's birthdays, the day of the incident, hearings that "
        "are on the register, weekends and bank holidays are known already.",
    )
    statement: Annotated[LongText | None, BeforePlan, Under("What is said")] = Field(
        default=None, title="Statement to the press"
    )
    questions: Annotated[
        tuple[QuestionExpected, ...], Rows(5, "question and answer"), BeforePlan
    ] = Field(default=(), title="Questions and answers")
    may_be_said: Annotated[
        LongText | None, NeededWhen("if the statement or an answer says one")
    ] = Field(
        default=None,
        title="Which name, day or place of the case may be said, and why?",
        description="Write the words as they stand there. Of a name of the family or child, say "
        "who agreed. What you say here is kept, and stands in no paper.",
    )
    for_children: Annotated[LongText | None, BeforePlan, Under("Those closely affected")] = Field(
        default=None,
        title="What may publication mean for the children, and how are they supported? (PUB-21)",
        description="Brothers, sisters and friends too.",
    )
    for_family: Annotated[LongText | None, BeforePlan] = Field(
        default=None,
        title="What may it mean for the family, and how are they supported? (PUB-21)",
    )
    for_practitioners: Annotated[LongText | None, BeforePlan] = Field(
        default=None,
        title="What may it mean for practitioners, and how are they supported? (PUB-21)",
    )
    for_others: LongText | None = Field(
        default=None, title="What may it mean for others closely affected, such as a school?"
    )
    risks: Annotated[
        tuple[PublicationRisk, ...], Rows(4, "risk"), BeforePlan, Under("Media and what follows")
    ] = Field(default=(), title="Risks")
    media: Annotated[LongText | None, BeforePlan] = Field(
        default=None, title="How are enquiries of the media dealt with?"
    )
    social_media: Annotated[LongText | None, BeforePlan] = Field(
        default=None, title="What is done on social media?"
    )
    monitoring: Annotated[LongText | None, BeforePlan] = Field(
        default=None, title="What is watched after publication, by whom and for how long?"
    )
