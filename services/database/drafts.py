"""What people have typed into the form of an act and not sent yet: encrypted, one row a form.

The words are encrypted before they come here. A row is its author's alone: the database shows it to
nobody else (`migrations/drafts.sql`), and a draft is the one row of a partnership that is deleted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import Column, ColumnElement, Index, LargeBinary, and_, delete, or_, text
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, moment, of_case
from services.domain.identifiers import PartnershipId

_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtextextended(:draft, 0))")
_END: Final = text("select sec.end_drafts(:case_id)")
SEARCHED: Final = "search"
"""The form of what somebody typed to search by: it is no begun work, and not listed as such."""
_DISPOSE: Final = text("select sec.dispose_drafts(:saved_before, :today)")


class Draft(PartnershipRow, table=True):
    """What one person has typed into the form of one act on one case, or on none (a referral).

    ``about`` is which of several things on the case the form is about, if the person had said so.
    ``form_version`` is the digest of the form's questions, ``form_key`` the key of the form that
    saved last: a form in another window has another.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        of_case(),
        Index("drafts_of_a_case", "tenant_id", "case_id"),
        Index("drafts_of_a_person", "tenant_id", "person_id"),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID | None = None
    person_id: UUID
    act: str
    about: str
    form_version: str
    form_key: UUID
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    begun_at: datetime = Field(sa_column=moment())
    saved_at: datetime = Field(sa_column=moment())


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Which draft is meant: whose, of which act, on which case if on any, about which thing there.

    One of whose thing is not said is a draft of its own.
    """

    partnership_id: PartnershipId
    person_id: UUID
    act: str
    case_id: UUID | None
    about: str = ""

    @property
    def id(self) -> UUID:
        """Return the draft's id, which is made of its place."""
        return uuid5(self.person_id, f"{self.form} {self.about}")

    @property
    def form(self) -> str:
        """Return which form it is of, whatever the form is about."""
        return f"{self.case_id or ''} {self.act}"


@dataclass(frozen=True, slots=True)
class BegunForm:
    """That a person has begun a form, and when it was saved last: no word of it."""

    act: str
    case_id: UUID | None
    about: str
    saved_at: datetime


def draft_at(session: Session, place: DraftPlace) -> Draft | None:
    """Return the draft, if there is one and the session's person is its author."""
    return session.exec(select(Draft).where(Draft.id == place.id)).one_or_none()


def drafts_of(session: Session, place: DraftPlace) -> list[Draft]:
    """Return the author's drafts of that form, whatever each is about, the newest first."""
    newest = (col(Draft.saved_at).desc(), col(Draft.id))
    return list(session.exec(select(Draft).where(*_of_form(place)).order_by(*newest)))


def draft_moved(
    session: Session, place: DraftPlace, form_key: UUID, follows: UUID | None
) -> Draft | None:
    """Return what the same form saved before about another thing, or before it was said which.

    What the form was opened with, and is about another thing, is no such draft: it stays.
    """
    others = (one for one in drafts_of(session, place) if one.about != place.about)
    return next(
        (
            one
            for one in others
            if one.form_key == form_key or (one.form_key == follows and not one.about)
        ),
        None,
    )


def begun_forms(session: Session, person_id: UUID) -> Sequence[BegunForm]:
    """Return which forms the person has begun, the newest first."""
    question = select(Draft.act, Draft.case_id, Draft.about, Draft.saved_at)
    question = question.where(Draft.person_id == person_id, Draft.act != SEARCHED)
    found = session.exec(question.order_by(col(Draft.saved_at).desc(), col(Draft.id)))
    return [BegunForm(*row) for row in found]


def own_draft(session: Session, person_id: UUID, act: str, draft_id: UUID) -> Draft | None:
    """Return the person's own draft of that form by its id, if there is one."""
    question = select(Draft).where(
        Draft.id == draft_id, Draft.act == act, Draft.person_id == person_id
    )
    return session.exec(question).one_or_none()


def delete_older(session: Session, person_id: UUID, act: str, saved_before: datetime) -> None:
    """Delete the person's own drafts of that form that were saved before the moment."""
    old = (col(Draft.person_id) == person_id, col(Draft.act) == act)
    session.execute(delete(Draft).where(*old, col(Draft.saved_at) < saved_before))


def lock_draft(session: Session, place: DraftPlace) -> None:
    """Let no other transaction save or end a draft of this form until this one ends."""
    session.execute(_ONE_AT_A_TIME, {"draft": f"{place.person_id} {place.form}"})


def delete_drafts(
    session: Session,
    place: DraftPlace,
    about: Collection[str],
    form_key: UUID | None,
    follows: UUID | None,
) -> None:
    """Delete the author's drafts of that form about these things, and what this form saved.

    What the form was opened with goes too where it is about no thing that is said: its words went
    into this form. About another thing it stays.
    """
    opened_with = and_(col(Draft.about) == "", col(Draft.form_key) == follows)
    chosen = or_(col(Draft.about).in_(about), col(Draft.form_key) == form_key, opened_with)
    session.execute(delete(Draft).where(*_of_form(place), chosen))


def delete_own_drafts(session: Session, person_id: UUID, case_id: UUID) -> None:
    """Delete all that the session's person has begun on the case."""
    ours = (col(Draft.person_id) == person_id, col(Draft.case_id) == case_id)
    session.execute(delete(Draft).where(*ours))


def delete_drafts_on(session: Session, case_id: UUID) -> None:
    """Delete what anybody of the partnership has begun on the case, unread."""
    session.execute(_END, {"case_id": case_id})


def dispose_of_drafts(session: Session, saved_before: datetime, today: date) -> int:
    """Delete the partnership's drafts that are too old, or whose author is gone or barred."""
    gone: int = session.execute(
        _DISPOSE, {"saved_before": saved_before, "today": today}
    ).scalar_one()
    return gone


def _of_form(place: DraftPlace) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Draft.person_id) == place.person_id,
        col(Draft.act) == place.act,
        col(Draft.case_id).is_not_distinct_from(place.case_id),
    )
