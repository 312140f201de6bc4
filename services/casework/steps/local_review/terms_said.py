"""What terms of reference say, in each of their versions (Doc 6, LC-03, LC-06, LC-07)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoices,
    Command,
    Day,
    LongText,
    NeededWhen,
    YesNo,
)
from services.casework.steps.decision_grounds import FEW, KeyLines, WhyFifth
from services.domain.review_methods import ReviewMethod

_WHO_REVIEWS = "Who reviews, and is there a review team? (LC-23, LC-25)"
_METHOD = "By which method is it carried out?"
_PUBLISHED = "What is intended for the publication of the report?"


class TermsKept(Command):
    """Terms of reference as they are kept.

    In versions from before it was asked, the method by its kind, who reviews and what is intended
    for publication is not known.
    """

    background: LongText = Field(title="Background")
    period_from: Day = Field(title="The review looks at events from")
    period_to: Day = Field(title="to")
    key_lines: KeyLines = Field(title="Key lines of enquiry", description=FEW)
    why_fifth: WhyFifth = None
    method: ReviewMethod | None = Field(default=None, title=_METHOD)
    methodology: LongText = Field(
        title="Methodology, and why it fits (GOV-07, LC-28)",
        description="The report states it, with the period and the key lines (LC-06): nobody is "
        "named here.",
    )
    author_appointed: LongText = Field(
        title="How is an independent author appointed, or how are contributions made from across "
        "the local network? (LC-03)"
    )
    author_requirements: LongText = Field(
        title="What is required of the author? (Doc 7)",
        description="Their knowledge and expertise, their independence of the case, and what they "
        "are to deliver by when. Whoever is appointed is held against it.",
    )
    review_team: LongText | None = Field(default=None, title=_WHO_REVIEWS)
    without_practitioners: Annotated[
        LongText | None, NeededWhen("if practitioners take no part in person")
    ] = Field(
        default=None,
        title="Why do practitioners take no part in person, and how is their view captured?",
        description="A workshop has them take part. By another method they come to a learning "
        "event or are heard in conversations, unless it is said here why not.",
    )
    information: LongText = Field(title="How information is gathered (LC-32)")
    agencies: AgencyChoices = Field(title="Agencies that take part (LC-29)")
    family_plan: LongText = Field(title="How the family is involved")
    equality: LongText = Field(title="Race, ethnicity, disability, poverty (LC-08)")
    parallel: LongText = Field(
        title="How this review is joined up with other reviews and proceedings (LC-20)",
        description="Those on record are in the paper as well: say what follows from them.",
    )
    criminal: LongText = Field(
        title="What was agreed with police and CPS (LC-17)",
        description="The contacts on record are in the paper as well.",
    )
    needs_legal_advice: YesNo = Field(title="Is legal advice needed at the outset? (LC-12)")
    legal_advice: LongText = Field(title="Which advice, or why not?")
    timetable: LongText = Field(title="Timetable to publication by its last day (LC-13)")
    publication: LongText | None = Field(default=None, title=_PUBLISHED)
    changed: Annotated[LongText | None, NeededWhen("if terms were endorsed before")] = Field(
        default=None,
        title="What is changed in these terms? (LC-06)",
        description="In words that the report can state: it tells each change and its reason.",
    )
    why_changed: Annotated[LongText | None, NeededWhen("if anything is changed")] = Field(
        default=None, title="Why is it changed?", description="The report states it: name nobody."
    )


class AgreeTerms(TermsKept):
    """The terms of reference, or a later version of them (Doc 6, LC-03, LC-06, LC-07)."""

    method: ReviewMethod = Field(
        title=_METHOD,
        description="What the agencies are asked for opens with it. A workshop needs a lead "
        "reviewer, and is held before the report goes to the partners.",
    )
    review_team: LongText = Field(
        title=_WHO_REVIEWS,
        description="One lead reviewer, several, or for a proportionate review one or more people "
        "of the local network; a review team with whom, or why none is needed.",
    )
    publication: LongText = Field(
        title=_PUBLISHED,
        description="That the full report is published, where and about when; or what may stand "
        "against it.",
    )
