"""The kinds of answer an act's words hold, so that one model is both the act and its form.

An act's words are a `Words` model; each field is `Field(title=label, description=hint)` and one
of the kinds below. A plain `StrEnum` is a choice of one (radios), `tuple[StrEnum, ...]` a choice
of several (checkboxes), `tuple[SomeWords, ...]` with `Rows` a list of rows, `| None` optional.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Annotated, Protocol, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.domain.clock_times import clock_time
from services.domain.confidentiality import IN_FORCE
from services.domain.entry_types import Section
from services.domain.errors import AnswerRefused
from services.domain.police_marks import UNMARKABLE_SECTIONS

SHORT = 200
LONG = 20_000


class Command(BaseModel):
    """What a person says when doing an act: frozen, and nothing but the fields it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(Enum):
    """How an answer is asked for on a page."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL = "several"
    DAY = "day"
    MOMENT = "moment"
    AGENCY = "agency"
    AGENCIES = "agencies"
    PERSON = "person"
    PEOPLE = "people"
    THINGS = "things"
    EMAIL = "email"
    DOCUMENT = "document"
    SHOWN = "shown"
    PARTNERSHIP = "partnership"
    GRANT = "grant"
    PROPOSAL = "proposal"
    COMMENT = "comment"
    SHOWN_DOCUMENT = "shown_document"
    ENTRY = "entry"
    MARK = "mark"
    DISPATCH = "dispatch"
    KEPT_FILE = "kept_file"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a list the page offers; blank rows are left out.

    More rows than offered may be posted: the act says which rule refuses them.
    """

    count: int = 3
    of: str = "row"


@dataclass(frozen=True, slots=True)
class Under:
    """The heading of a part of a long form; it stands before the question that it marks."""

    heading: str


@dataclass(frozen=True, slots=True)
class NeededWhen:
    """In which case a question needs an answer that the form may also be sent without.

    Its label says so in place of “optional”; the act refuses what is left out.
    """

    case: str


@dataclass(frozen=True, slots=True)
class InAList:
    """The choices of an optional question stand in a list that opens, as each row of many has it.

    Its first choice answers nothing: ``unanswered`` is what holds then.
    """

    unanswered: str


@dataclass(frozen=True, slots=True)
class Without:
    """Members of the enum that the form does not offer and the act refuses."""

    members: tuple[StrEnum, ...]


@dataclass(frozen=True, slots=True)
class RowForEach:
    """One row for each word of a list, such as the criteria; the row's own field names it.

    `field` is the StrEnum field of the row that is given and not asked; no row is left out.
    """

    members: type[StrEnum]
    field: str


ShortText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SHORT), Kind.SHORT_TEXT
]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG), Kind.LONG_TEXT
]
LawfulBasis = Annotated[
    LongText,
    Field(
        title="On which lawful basis is the information asked for?",
        description="Say how the partners' responsibilities under information law were considered, "
        "with regard to the guidance of the Information Commissioner's Office (INF-04). It goes "
        "into the letter.",
    ),
]
YesNo = Annotated[bool, Kind.YES_NO]
Day = Annotated[date, Kind.DAY]
Moment = Annotated[AwareDatetime, Kind.MOMENT]
ClockTime = Annotated[ShortText, AfterValidator(clock_time)]
KeepsConfidential = Annotated[
    YesNo,
    Field(title="Do you agree to keep the case confidential?", description=IN_FORCE.words),
]
AgencyChoice = Annotated[UUID, Kind.AGENCY]
AgencyChoices = Annotated[tuple[UUID, ...], Kind.AGENCIES]
PersonChoice = Annotated[UUID, Kind.PERSON]
EmailChoice = Annotated[UUID, Kind.EMAIL]
ShownRound = Annotated[int, Kind.SHOWN]
ShareableSections = Annotated[tuple[Section, ...], Without((Section.INTERNAL,))]
PartnershipChoice = Annotated[UUID, Kind.PARTNERSHIP]
GrantChoice = Annotated[UUID, Kind.GRANT]
ProposalChoice = Annotated[UUID, Kind.PROPOSAL]
CommentChoice = Annotated[UUID, Kind.COMMENT]
ShownDocumentChoice = Annotated[UUID, Kind.SHOWN_DOCUMENT]
ShareableSection = Annotated[Section, Without((Section.INTERNAL,))]
MarkableSection = Annotated[Section, Without(UNMARKABLE_SECTIONS)]
EntryChoice = Annotated[UUID, Kind.ENTRY]
MarkChoice = Annotated[UUID, Kind.MARK]
DispatchChoice = Annotated[UUID, Kind.DISPATCH]
KeptFileChoice = Annotated[UUID, Kind.KEPT_FILE]
GuestChoice = Annotated[UUID, Kind.PROPOSAL]
InvitationChoice = Annotated[UUID, Kind.PROPOSAL]
NotifierChoice = Annotated[UUID, Kind.PROPOSAL]
LeadChoice = Annotated[UUID, Kind.PROPOSAL]
ChildChoice = Annotated[UUID, Kind.PROPOSAL]
ProcessChoice = Annotated[UUID, Kind.PROPOSAL]
ExtraClockChoice = Annotated[UUID, Kind.PROPOSAL]
PointChoice = Annotated[UUID, Kind.PROPOSAL]
SignatureChoice = Annotated[UUID, Kind.PROPOSAL]
RelativeChoice = Annotated[UUID, Kind.PROPOSAL]
PendingChoice = Annotated[UUID, Kind.PROPOSAL]
SharingChoice = Annotated[UUID, Kind.PROPOSAL]
GapChoice = Annotated[UUID, Kind.PROPOSAL]
RecommendationChoice = Annotated[UUID, Kind.PROPOSAL]
ThemeChoice = Annotated[UUID, Kind.PROPOSAL]
PendingChoices = Annotated[tuple[UUID, ...], Kind.THINGS]
RecommendationChoices = Annotated[tuple[UUID, ...], Kind.THINGS]
ThemeChoices = Annotated[tuple[UUID, ...], Kind.THINGS]

K = TypeVar("K", bound=Command)
N = TypeVar("N", bound="Identified")


class Identified(Protocol):
    """Something that a form names by its id."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - named for what it is


def named(found: Iterable[N], id_: UUID, otherwise: AnswerRefused) -> N:
    """Return what the form names of what was found; raises the refusal where it is not there."""
    for one in found:
        if one.id == id_:
            return one
    raise otherwise


def part_of(command: Command, kept: type[K]) -> K:
    """Return what is kept of the command: the fields of the other model, such as all but ids."""
    return kept.model_validate({name: getattr(command, name) for name in kept.model_fields})
