"""What an agency says when it asks that a local review is considered (Doc 1b, NOT-23).

The questions are those of the referral form, without harm, and why the case is of importance here.
"""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    KeepsConfidential,
    LongText,
    Moment,
    Rows,
    ShortText,
    Under,
    YesNo,
)
from services.casework.steps.family import FamilyMember
from services.casework.steps.referral.referred import RequestedChild
from services.domain.family import MOST_PEOPLE
from services.domain.incidents import FamilyInformed, MediaInterest, PoliceInvolvement, Suspicion
from services.domain.review_requests import RequestOccasion
from services.domain.subjects import MOST_CHILDREN, BeforeBirth, Harm, Subject


class RequestReview(Command):
    """Ask the partners to consider a local child safeguarding practice review (Doc 1b, NOT-23).

    For a near miss, good or poor practice, or another case of importance for the local area. Where
    a child died or was seriously harmed, and abuse or neglect is suspected, refer the incident.
    """

    referrer_post: Annotated[ShortText, Under("Who asks")] = Field(
        title="What is your post?", description="Your role in your agency, not your name."
    )
    supporting_lead: ShortText = Field(
        title="Which lead or senior manager of your agency supports the request?",
        description="Their post. Discuss it with them first (NOT-23).",
    )
    partner_consulted: YesNo = Field(
        title="Has a representative of a safeguarding partner been consulted?"
    )
    consultation: LongText = Field(title="Who was consulted and when, or why not?")
    agency_aware_at: Moment | None = Field(
        default=None, title="When did your agency become aware of it, if known?"
    )
    occasion: Annotated[RequestOccasion, Under("What it is about")] = Field(title="Why do you ask?")
    incident_on: Day = Field(title="When did it happen, or begin?")
    place: ShortText = Field(title="Where?", description="A town or setting.")
    children: Annotated[tuple[RequestedChild, ...], Rows(MOST_CHILDREN, "child")] = Field(
        title="The children", description="Up to four; name any others below."
    )
    further_children: LongText | None = Field(default=None, title="Any further children")
    happened: LongText = Field(title="What happened?")
    importance: LongText = Field(
        title="Why is it of importance for the local area?",
        description="For example what made the difference, or what nearly went wrong.",
    )
    suspicion: Annotated[Suspicion, Under("Whether it may have to be notified")] = Field(
        title="Is abuse or neglect known or suspected?"
    )
    seriousness: LongText = Field(
        title="Was a child harmed, and how seriously?",
        description="The partners consider whether it has to be notified (NOT-24).",
    )
    criteria: LongText = Field(title="Which criteria for an LCSPR does it meet, in your view?")
    family_members: Annotated[
        tuple[FamilyMember, ...], Rows(MOST_PEOPLE, "person"), Under("Family and safety")
    ] = Field(
        default=(),
        title="Brothers and sisters, parents and other significant adults",
        description="Up to eight people of the family or household; name any others below.",
    )
    family: LongText | None = Field(default=None, title="Anything else about the family")
    siblings_safety: LongText = Field(title="How are these and other children being kept safe?")
    family_informed: FamilyInformed = Field(title="Does the family know of this request?")
    family_informed_words: LongText | None = Field(
        default=None, title="How were they told, or why not?"
    )
    police: Annotated[PoliceInvolvement, Under("Who else is involved")] = Field(
        title="Are the police involved?"
    )
    police_words: LongText | None = Field(default=None, title="What are the police doing?")
    media: MediaInterest = Field(title="Is there media interest?")
    media_words: LongText | None = Field(default=None, title="Where, and about what?")
    other_agencies: LongText | None = Field(default=None, title="Other agencies known")
    received_at: Moment = Field(title="When did the partnership receive the request?")
    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: KeepsConfidential

    @property
    def child_died(self) -> bool:
        """Tell whether one of the children died."""
        return any(one.died for one in self.children)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Return the children as the rules look at each of them: what cannot be is refused.

        A request says of no harm, and so does not ask whether a child was harmed before birth.
        """
        return tuple(
            Subject(
                incident_on=self.incident_on,
                harm=Harm.SERIOUS_HARM,
                statuses=frozenset(child.statuses),
                born_on=child.born_on,
                expected_on=child.expected_on,
                age=child.age,
                placement=child.placement,
                before_birth=BeforeBirth.NOT_KNOWN,
            )
            for child in self.children
        )
