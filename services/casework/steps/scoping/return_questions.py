"""What an agency is asked in the scoping form (Doc 2): the one list of questions.

The form on the page, the blank paper in PDF and Word, and the return as a paper are made from it.
"""

from typing import Annotated, Final, TypeVar

from pydantic import Field

from services.casework.commands import (
    Command,
    LongText,
    Moment,
    NeededWhen,
    Rows,
    ShortText,
    Under,
    YesNo,
    part_of,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused

W = TypeVar("W", bound="ReturnWords")
_INVOLVED: Final = "Answer this: your agency was involved."
IF_INVOLVED: Final = NeededWhen("if your agency was involved")
IF_RECORDS: Final = NeededWhen("if you hold records")
_WHERE_INVOLVED: Final = (
    "point_of_contact",
    "current",
    "practitioner_roles",
    "key_events",
    "risk",
    "learning",
)


class InvolvementWith(Command):
    """One person of the family, and whether and how the agency was involved with them."""

    name: ShortText = Field(title="Name")
    involved: Annotated[YesNo | None, IF_INVOLVED] = Field(
        default=None, title="Was your agency involved with this person?"
    )
    since: ShortText | None = Field(default=None, title="From when")
    until: ShortText | None = Field(default=None, title="Until when, or whether it goes on")
    services: ShortText | None = Field(default=None, title="Through which services")


class ReturnWords(Command):
    """What an agency says of the family and of its part, in whichever way it says it."""

    involved: Annotated[YesNo, Under("1. Your agency")] = Field(
        title="Has your agency been involved with anybody named in the letter?",
        description="Now or in the past. Look for everybody who is named, in all your records.",
    )
    holds_records: YesNo = Field(
        title="Does your agency hold any record of anybody named in the letter?",
        description="Also where it was not involved, such as a referral that was not taken up.",
    )
    point_of_contact: Annotated[ShortText | None, IF_INVOLVED] = Field(
        default=None,
        title="Single point of contact for this review",
        description="Role, work telephone and work email.",
    )
    family: Annotated[tuple[InvolvementWith, ...], Rows(3, "person"), Under("2. Involvement")] = (
        Field(
            default=(),
            title="With whom was your agency involved, and with whom not?",
            description="Everybody named in the letter, and others of the family whom you know.",
        )
    )
    current: Annotated[LongText | None, IF_INVOLVED] = Field(
        default=None, title="Is anybody involved now? With whom, and for what?"
    )
    practitioner_roles: Annotated[LongText | None, IF_INVOLVED] = Field(
        default=None,
        title="Which practitioners were involved?",
        description="Give roles, and never names: “health visitor”, “allocated social worker”.",
    )
    key_events: Annotated[LongText | None, IF_INVOLVED] = Field(
        default=None,
        title="Key events, in brief, with the source of each",
        description="What matters for this incident. A long chronology is not needed.",
    )
    other_agencies: LongText | None = Field(
        default=None, title="Other agencies that you know to be involved"
    )
    daily_life: Annotated[LongText | None, Under("3. What it tells us")] = Field(
        default=None,
        title="What was daily life like for the child? What did the child say or show?",
    )
    identity: LongText | None = Field(
        default=None,
        title="What did the family's identity mean for them and for practice?",
        description="Race, culture, faith, ethnicity, disability, health and identity.",
    )
    risk_factors: LongText | None = Field(
        default=None, title="Which risk factors were present, and which were considered and absent?"
    )
    risk: Annotated[LongText | None, IF_INVOLVED] = Field(
        default=None,
        title="Is any child at risk now? What has been done about it?",
        description="Tell the business unit of a risk at once, and do not wait for the form.",
    )
    good_practice: LongText | None = Field(
        default=None, title="Good practice that others should know of"
    )
    learning: Annotated[LongText | None, IF_INVOLVED] = Field(
        default=None,
        title="Early learning, and what you have done about it",
        description="For your agency, or for agencies working together.",
    )
    processes: LongText | None = Field(
        default=None,
        title="Other processes that you know of",
        description="Police, coroner, child death review, domestic abuse related death review, "
        "disciplinary.",
    )
    records_held: Annotated[LongText | None, IF_RECORDS, Under("4. Your records")] = Field(
        default=None, title="What records do you hold, in what systems and where?"
    )

    @property
    def is_of_none(self) -> bool:
        """Tell whether the agency was not involved and holds no record: two answers say it."""
        return not self.involved and not self.holds_records


class SubmitReturn(ReturnWords):
    """What your agency knows of the family, and that its records are secured.

    If it was not involved and holds no record, answer no to the first two questions and send the
    form. Nothing else needs an answer then.
    """

    records_secured: Annotated[YesNo | None, IF_RECORDS] = Field(
        default=None,
        title="Are all of them secured?",
        description="All of them, on paper and in every system (RR-41).",
    )
    secured_at: Moment | None = Field(default=None, title="Since when are they secured?")
    representative: Annotated[ShortText | None, IF_RECORDS] = Field(
        default=None,
        title="Nominated representative",
        description="Through whom alone the records are opened.",
    )
    casework_access: LongText | None = Field(
        default=None,
        title="Which manager agreed to access for ongoing casework, and monitors it? Why?",
        description="If people still working with the family may use the records.",
    )
    author: Annotated[ShortText | None, IF_INVOLVED, Under("5. Who fills this in")] = Field(
        default=None, title="Role of the person who fills in this form"
    )
    conflict: LongText | None = Field(
        default=None,
        title="Does anybody who helped to fill in this form have a conflict of interest?",
        description="If so, what is it?",
    )


def must_say_enough(work: UnitOfWork, said: SubmitReturn) -> None:
    """Refuse a return that leaves out what its own first answers ask for (RR-40, RR-41).

    Who was not involved and holds no record is asked nothing else. Raises AnswerRefused beside the
    field.
    """
    must_describe(said)
    if said.involved and said.author is None:
        raise AnswerRefused("author", _INVOLVED)
    if said.holds_records:
        must_be_secured(said)
    if said.secured_at is not None and said.secured_at > work.now:
        raise AnswerRefused("secured_at", "Enter a day and time that are not in the future.")


def must_describe(said: ReturnWords) -> None:
    """Refuse words that leave out what their own first answers ask for (RR-40).

    It holds for what came by email or telephone too: less is no return. Raises AnswerRefused.
    """
    if said.involved:
        _must_describe_involvement(said)
    elif any(one.involved for one in said.family):
        raise AnswerRefused("involved", "You say below that your agency was involved: answer yes.")
    if said.holds_records and said.records_held is None:
        raise AnswerRefused("records_held", "Say what records you hold, and where.")


def settled(said: W) -> W:
    """Return what is kept: an agency that was not involved was so with none of those named."""
    if said.involved:
        return said
    none = tuple(one.model_copy(update={"involved": False}) for one in said.family)
    return said.model_copy(update={"family": none})


def words_of(said: ReturnWords) -> ReturnWords:
    """Return the words alone, to tell whether they are others than before."""
    return part_of(settled(said), ReturnWords)


def _must_describe_involvement(said: ReturnWords) -> None:
    """Refuse an involvement that is not described, or with nobody of the family."""
    for place, one in enumerate(said.family):
        if one.involved is None:
            raise AnswerRefused(
                f"family.{place}.involved", "Say whether your agency was involved with this person."
            )
    if not any(one.involved for one in said.family):
        raise AnswerRefused(
            "family", "Say with whom your agency was involved: at least one person."
        )
    for field in _WHERE_INVOLVED:
        if getattr(said, field) is None:
            raise AnswerRefused(field, _INVOLVED)


def must_be_secured(said: SubmitReturn) -> None:
    """Refuse records that are held and not secured, or with no one who opens them (RR-41)."""
    if said.records_secured is None:
        raise AnswerRefused(
            "records_secured", "Say whether all your records of this family are secured (RR-41)."
        )
    if not said.records_secured:
        raise AnswerRefused(
            "records_secured", "Secure all records first, then confirm it here (RR-41)."
        )
    if said.representative is None:
        raise AnswerRefused(
            "representative", "Name through whom alone the records are opened (RR-41)."
        )
