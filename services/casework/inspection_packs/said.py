"""What is said of an inspection pack: the words of its forms, and of each item that is gathered."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.casework.commands import (
    Command,
    Day,
    Kind,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    YesNo,
)
from services.domain.inspection import InspectionQuestion, PackItemDecision
from services.domain.roles import Seat

BodyChoice = Annotated[UUID, Kind.PROPOSAL]
PackItemChoices = Annotated[tuple[UUID, ...], Kind.THINGS]
_LEAVES_OUT: Final = NeededWhen("needed unless it is included as it is")


class OpenPack(Command):
    """For whom a pack is, of which period, and which partner owns it."""

    body: BodyChoice = Field(
        title="For whom is it?",
        description="A body outside that stands in the directory.",
    )
    inspection: ShortText = Field(
        title="For which inspection?", description="For example: joint area inspection, May 2026."
    )
    first: Day = Field(title="From which day?")
    last: Day = Field(title="To which day?", description="Today at the latest.")
    asked: tuple[InspectionQuestion, ...] = Field(title="What is asked?")
    owner: Seat = Field(
        title="Which partner owns it?", description="That partner approves it after you."
    )
    authority: ShortText | None = Field(
        default=None,
        title="Which local authority?",
        description="Its code, where the partnership has several.",
    )
    replaces: ShortText | None = Field(
        default=None,
        title="Which earlier pack does it take the place of?",
        description="Its reference. The earlier one stays as it was.",
    )


class PackOpened(OpenPack):
    """What is kept of it: its reference, the body by its name, and the earlier pack by its id."""

    reference: str = Field(title="Reference")
    body_name: str = Field(title="For whom is it?")
    replaced: UUID | None = Field(default=None, title="Which pack does it take the place of?")


class GatherAgain(Command):
    """That what the pack tells is gathered anew, as it stands now."""

    reasons: ShortText = Field(
        title="Why is it gathered again?",
        description="What stays the same keeps its decision. Approvals end.",
    )


class PackGathered(Command):
    """As of which moment it was gathered, of which cases, and how many are not told of."""

    as_of: AwareDatetime
    cases: tuple[UUID, ...] = ()
    not_open: int = 0
    reasons: str = ""


class PackItem(Command):
    """One item: which question it answers, of which case, in words and in a table.

    ``same_as`` is the item of an earlier gathering that said the very same.
    """

    question: InspectionQuestion | None = None
    reference: str = ""
    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    same_as: UUID | None = None

    @property
    def words(self) -> str:
        """Return all that it says, as words may be found in it."""
        cells = (cell for row in self.rows for cell in row)
        return "\n".join((self.title, *self.paragraphs, *cells))


class AddStatement(Command):
    """Something that the pack says in the partnership's own words."""

    title: ShortText = Field(title="What is it about?")
    text: LongText = Field(
        title="What does the pack say?", description="Nothing that tells of a child or a family."
    )


class LeftOutPassage(Command):
    """Words that are left out wherever they stand in the item."""

    passage: LongText = Field(title="Words to be left out, as they stand in the item")


class DecidePackItem(Command):
    """What becomes of an item; who decides it is named in the pack where anything is left out."""

    decision: PackItemDecision = Field(title="What becomes of it?")
    passages: Annotated[tuple[LeftOutPassage, ...], Rows(count=4, of="passage")] = Field(
        default=(),
        title="Which words are left out?",
        description="Only where words are left out. They are left out in the whole item.",
    )
    instead: Annotated[LongText | None, NeededWhen("where no words are named above")] = Field(
        default=None,
        title="What does the item say instead?",
        description="Only where the item goes in other words. It takes the place of the whole.",
    )
    reasons: Annotated[LongText | None, _LEAVES_OUT] = Field(
        default=None,
        title="Why is something left out?",
        description="It stands in the pack, so it must not itself tell what is left out.",
    )


class IncludePackItems(Command):
    """Items that are included as they are."""

    items: PackItemChoices = Field(title="Which items are included as they are?")
    has_read: YesNo = Field(title="Have you read each of them whole?")


class ApprovePack(Command):
    """The manager's word for the pack as it stands."""

    is_right: YesNo = Field(
        title="Is every item right, and nothing in it that the body need not know?"
    )
    remarks: LongText | None = Field(default=None, title="What is the partner to know of it?")


class AnswerPack(Command):
    """What the partner that owns the pack says of it."""

    is_approved: YesNo = Field(title="Do you approve the pack?")
    reasons: Annotated[LongText | None, NeededWhen("needed where you do not")] = Field(
        default=None, title="Why not?"
    )


class RecordPackSent(Command):
    """That the approved pack was sent, by a person and in a secure way."""

    sent_on: Day = Field(title="On which day was it sent?")
    means: ShortText = Field(
        title="By which way?", description="For example secure email, or the body's portal."
    )
    address: ShortText = Field(
        title="To which address?", description="One that the directory knows for this body."
    )
    proof: LongText = Field(
        title="What shows that it was sent?",
        description="For example the reference of the portal, or of the sent item.",
    )


class RecordPackNotReceived(Command):
    """That a pack that was sent did not arrive."""

    known_on: Day = Field(title="On which day did you learn of it?")
    reasons: LongText = Field(title="How is it known, and what is done about it?")


class ClosePack(Command):
    """That a pack is not sent at all."""

    reasons: LongText = Field(title="Why is it not sent?")
