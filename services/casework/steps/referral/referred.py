"""What a referral says of the incident and of each child: on the referral, and as it is corrected.

The fields are those of the referral form (Doc 1). What the guidance lets be unknown may be left out
or answered “not known”: a referral is sent as soon as possible (NOT-16).
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    Moment,
    Rows,
    ShortText,
    Under,
    YesNo,
)
from services.casework.steps.family import FamilyMember
from services.domain.family import MOST_PEOPLE
from services.domain.incidents import (
    CoronerInvolvement,
    FamilyInformed,
    Impairment,
    IncidentArea,
    IncidentKind,
    Likelihood,
    MediaInterest,
    PoliceInvolvement,
    Residence,
    Suspicion,
)
from services.domain.subjects import (
    MOST_CHILDREN,
    BeforeBirth,
    CareStatus,
    Harm,
    Placement,
    Sex,
    Subject,
    SubjectRole,
)

UNKNOWN: Final = "Write “not known” where you do not know."


class ChildParticulars(Command):
    """Who one child is."""

    name: ShortText = Field(
        title="Full name", description="Of a child who is not born yet, for example “unborn child”."
    )
    born_on: Day | None = Field(default=None, title="Date of birth, if known")
    expected_on: Day | None = Field(
        default=None, title="Expected date of birth, if the child is not born yet"
    )
    age: Annotated[int, Field(ge=0, le=120)] | None = Field(
        default=None, title="Age on the day of the incident, if the date of birth is not known"
    )
    sex: Sex = Field(title="Sex")
    ethnicity: ShortText | None = Field(default=None, title="Ethnicity", description=UNKNOWN)
    disability: ShortText | None = Field(
        default=None, title="Known disability", description=UNKNOWN
    )
    health: ShortText | None = Field(
        default=None, title="Known physical or mental health condition", description=UNKNOWN
    )
    statuses: tuple[CareStatus, ...] = Field(
        title="Care status with the local authority",
        description="Select all that are true on the day of the incident.",
        min_length=1,
    )
    authority: ShortText | None = Field(
        default=None,
        title="Home local authority",
        description="Where the child normally lives, or which authority looks after the child.",
    )
    lives_in: ShortText | None = Field(
        default=None,
        title="Where the child lives, if known",
        description="The town or district, and not the address.",
    )
    legal_status: ShortText | None = Field(
        default=None,
        title="Legal status, if the child is looked after or a care leaver",
        description="For example a care order, or accommodated under section 20.",
    )
    placement: Placement | None = Field(
        default=None, title="Placement, if the child is looked after"
    )
    provider: ShortText | None = Field(
        default=None,
        title="Provider of the placement, if the child is looked after",
        description="For example which fostering agency or home.",
    )
    identifier: ShortText | None = Field(
        default=None, title="Number of the child at the local authority, if known"
    )

    @property
    def facts(self) -> Iterator[tuple[str, object]]:
        """Yield what was said besides the name, as titles and answers; nothing of what was not."""
        for name, field in type(self).model_fields.items():
            said = getattr(self, name)
            if name != "name" and said not in (None, "", ()):
                yield (field.title or name).partition(", if ")[0], said


class ReferredChild(ChildParticulars):
    """One child of the incident."""

    harm: Harm = Field(title="What happened to this child?")
    role: SubjectRole = Field(title="Was the child harmed, or the perpetrator?")
    died_on: Day | None = Field(default=None, title="Date of death, if the child died")
    cause: ShortText | None = Field(
        default=None,
        title="Cause of death, if the child died",
        description="As far as it is known. The coroner or a doctor may still have to say it.",
    )
    before_birth: BeforeBirth | None = Field(
        default=None,
        title="Was the child harmed before birth?",
        description="Answer where the child was born after the incident.",
    )


class RequestedChild(ChildParticulars):
    """One child of a request, which says of no harm, and who of them died."""

    died: YesNo = Field(title="Has this child died?")


def as_child(particulars: Mapping[str, Any]) -> ReferredChild | RequestedChild:
    """Return a child as it was kept: of a referral, or of a request that says of no harm."""
    kind = ReferredChild if "harm" in particulars else RequestedChild
    return kind.model_validate(particulars)


class Referral(Command):
    """What a referral says of a serious incident (Doc 1, NOT-14 to NOT-16)."""

    referrer_post: Annotated[ShortText, Under("Who refers")] = Field(
        title="What is your post?", description="Your role in your agency, not your name."
    )
    supporting_lead: ShortText = Field(
        title="Which lead or senior manager of your agency supports the referral?",
        description="Their post. Discuss the referral with them first (NOT-15).",
    )
    agency_aware_at: Moment | None = Field(
        default=None, title="When did your agency become aware of the incident, if known?"
    )
    incident_on: Annotated[Day, Under("The incident")] = Field(
        title="When did the incident happen?"
    )
    incident_time: ShortText | None = Field(
        default=None,
        title="At what time, if known?",
        description="For example 22:40, or between 2am and 4am.",
    )
    place: ShortText = Field(title="Where did it happen?", description="A town or setting.")
    area: IncidentArea = Field(
        title="In which area was that?",
        description="Elsewhere in England the duty to notify is that of the authority there.",
    )
    residence: Residence | None = Field(
        default=None,
        title="Where does the child normally live, if it was outside England?",
        description="A child who normally lives here and is harmed outside England is notified by "
        "this area (NOT-02).",
    )
    kinds: tuple[IncidentKind, ...] = Field(
        title="What kind of incident was it?",
        description="Select all that are known or suspected.",
        min_length=1,
    )
    children: Annotated[tuple[ReferredChild, ...], Rows(MOST_CHILDREN, "child")] = Field(
        title="The children", description="Up to four; name any others below."
    )
    further_children: LongText | None = Field(default=None, title="Any further children")
    suspicion: Annotated[Suspicion, Under("Why it is serious")] = Field(
        title="Is abuse or neglect known or suspected?"
    )
    suspicion_reasons: LongText = Field(title="Why do you say so?")
    impairments: tuple[Impairment, ...] = Field(
        title="What is impaired, or may be?",
        description="Select any that apply: one is enough.",
        min_length=1,
    )
    lasting: Likelihood = Field(
        title="Is long-term impairment likely, even if it is not certain?",
        description="Recovery does not remove seriousness.",
    )
    seriousness: LongText = Field(title="Why is the harm serious?")
    criteria: LongText | None = Field(
        default=None,
        title="Which criteria for a local review are met, in your agency's view?",
        description="Improvements to safeguard and promote the welfare of children, recurrent "
        "themes, or agencies working together. The partners decide (DEC-01).",
    )
    family_members: Annotated[
        tuple[FamilyMember, ...], Rows(MOST_PEOPLE, "person"), Under("Family and safety")
    ] = Field(
        default=(),
        title="Brothers and sisters, parents and other significant adults",
        description="Up to eight people of the family or household; name any others below.",
    )
    family: LongText | None = Field(default=None, title="Anything else about the family")
    siblings_safety: LongText = Field(title="How are other children being kept safe?")
    family_informed: FamilyInformed = Field(title="Does the family know of this referral?")
    family_informed_words: LongText | None = Field(
        default=None, title="How were they told, or why not?"
    )
    police: Annotated[PoliceInvolvement, Under("Who else is involved")] = Field(
        title="Are the police involved?"
    )
    police_words: LongText | None = Field(default=None, title="What are the police doing?")
    coroner: CoronerInvolvement = Field(title="Is the coroner involved?")
    coroner_words: LongText | None = Field(default=None, title="What is the coroner doing?")
    media: MediaInterest = Field(title="Is there media interest?")
    media_words: LongText | None = Field(default=None, title="Where, and about what?")
    other_agencies: LongText | None = Field(default=None, title="Other agencies known")
    partner_consulted: YesNo = Field(title="Has a safeguarding partner been consulted?")
    consultation: LongText = Field(title="Who was consulted and when, or why not?")
    received_at: Moment = Field(title="When did the partnership receive the referral?")

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Return the children with what the rules need of each, in the order of the referral."""
        return tuple(
            Subject(
                incident_on=self.incident_on,
                harm=child.harm,
                role=child.role,
                statuses=frozenset(child.statuses),
                born_on=child.born_on,
                expected_on=child.expected_on,
                age=child.age,
                placement=child.placement,
                before_birth=child.before_birth,
            )
            for child in self.children
        )
