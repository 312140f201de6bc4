"""The shapes in which the API tells things: codes and days, with what people read beside them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.domain.actions import Progress
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

Reference = Annotated[str, Field(examples=["NMR-2026-009"])]
Words = Annotated[str, Field(description="What people read for it, in the partnership's words.")]


class CaseTold(BaseModel):
    """A case as it stands: no word of the child or the family."""

    id: UUID
    reference: Reference
    stage: Stage
    stage_words: Words
    opened_at: datetime
    referred_at: datetime
    closed_at: datetime | None
    guidance_version: int = Field(description="The version of the policy that the case follows.")


class ClockTold(BaseModel):
    """A duty with a time limit, and how it stands."""

    id: UUID
    clock: ClockId
    duty: Words
    rule: str = Field(description="The rule of the guidance, by its id.", examples=["K6"])
    subject: str = Field(description="Of whom it is: an agency's id, or nothing.")
    opens: date | None
    due: date = Field(description="The last day on which it is met in time.")
    first_due: date = Field(description="The last day as it was at first.")
    met_on: date | None
    ended_on: date | None
    ended_because: ClockEnding | None


class TodoTold(BaseModel):
    """What somebody is to do next."""

    id: UUID
    todo: Todo
    words: Words
    step: Step
    role: Role
    agency_id: UUID | None
    opened_at: datetime
    last_day: date | None


class AnswerTold(BaseModel):
    """One answer of what was said."""

    label: str
    text: str


class EntryTold(BaseModel):
    """Something that was done; what was said is told to people alone, as far as they read it."""

    number: int
    entry_type: EntryType | None
    words: Words
    at: datetime
    who: str = ""
    role: str = ""
    said: list[AnswerTold] = []


class DocumentTold(BaseModel):
    """A document that the person may open, at its address."""

    id: UUID
    kind: DocumentKind
    title: str
    filename: str
    media_type: str
    size: int
    sha256: str
    version: int
    made_at: datetime
    href: str


class ActionTold(BaseModel):
    """An action of a plan: whose it is and by when, and no word of it."""

    id: UUID
    case_id: UUID
    reference: Reference
    number: int
    agency_id: UUID
    progress: Progress
    last_day: date


class PublicationTold(BaseModel):
    """When the report of a case is published, or was."""

    case_id: UUID
    reference: Reference
    publish_on: date | None
    published_on: date | None


class ActionsTold(BaseModel):
    """A page of actions, those that are due first before others."""

    items: list[ActionTold]
    next: str | None = Field(description="The address of the next page, if there is one.")


class PublicationsTold(BaseModel):
    """A page of publications, the latest first."""

    items: list[PublicationTold]
    next: str | None = Field(description="The address of the next page, if there is one.")


class CasesTold(BaseModel):
    """A page of cases, newest first."""

    items: list[CaseTold]
    next: str | None = Field(description="The address of the next page, if there is one.")


class ClocksTold(BaseModel):
    """The clocks of a case."""

    items: list[ClockTold]


class TodosTold(BaseModel):
    """What is to be done on a case."""

    items: list[TodoTold]


class HistoryTold(BaseModel):
    """A page of what was done on a case, newest first."""

    items: list[EntryTold]
    next: str | None = Field(description="The address of the next page, if there is one.")


class DocumentsTold(BaseModel):
    """The documents of a case that the person may open, newest first."""

    items: list[DocumentTold]


class ActDone(BaseModel):
    """That an act is done, and where its case stands; nothing of one that it closed to its doer."""

    case_id: UUID
    case: CaseTold | None


class TokenTold(BaseModel):
    """A token, as RFC 6749 has it."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 -- the name of its kind
    expires_in: int
    scope: str


class TokenRefusal(BaseModel):
    """Why no token is given, by a code of RFC 6749, 5.2."""

    error: str
