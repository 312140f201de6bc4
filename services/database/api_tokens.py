"""By what systems show who they are, and the tokens of the API: hashes, ids, codes and moments.

Only the sign-in role reads them, as it does sessions. Moments are the database's own, and so is how
old a token is.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, DateTime, Text, delete
from sqlmodel import Field, Session, SQLModel, col, select

from services.database.partnership_row import coded
from services.database.sessions import CLOCK, ago, own_moment
from services.domain.systems import CODE_LASTS, TOKEN_LASTS


class TokenKind(StrEnum):
    """What a token is for: it opens the API, or is exchanged, once, for one that does."""

    ACCESS = "access"
    CODE = "code"


class SystemSecret(SQLModel, table=True):
    """The secret of a system, by its argon2id hash; made anew, it takes the place of the last."""

    __tablename__ = "system_secrets"

    person_id: UUID = Field(primary_key=True, foreign_key="people.id")
    membership_id: UUID
    secret_hash: str
    made_by: UUID
    made_at: datetime | None = Field(default=None, sa_column=own_moment())


class ApiToken(SQLModel, table=True):
    """A token of a system for itself, or of a person by way of a system; kept by its SHA-256.

    ``system_id`` is the account of the system, ``person_id`` who acts: the same where it acts for
    itself. ``proved_at`` is when the person last showed that it is them. Of a code, ``challenge``
    is what its exchange must match (PKCE).
    """

    __tablename__ = "api_tokens"

    token_sha256: str = Field(primary_key=True)
    kind: TokenKind = Field(sa_column=coded(TokenKind))
    system_id: UUID = Field(foreign_key="people.id", index=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    membership_id: UUID
    scopes: str
    methods: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    provider: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    proved_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )
    challenge: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    made_at: datetime | None = Field(default=None, sa_column=own_moment())


@dataclass(frozen=True, slots=True)
class LiveToken:
    """A token that opens the API now, and the database's own moment at which it was read."""

    row: ApiToken
    at: datetime


def live_token(session: Session, token_sha256: str) -> LiveToken | None:
    """Return the token if it opens the API and is not older than an hour."""
    found = session.exec(
        select(ApiToken, CLOCK).where(
            ApiToken.token_sha256 == token_sha256,
            ApiToken.kind == TokenKind.ACCESS,
            col(ApiToken.made_at) > ago(TOKEN_LASTS),
        )
    ).one_or_none()
    return None if found is None else LiveToken(*found)


def take_code(session: Session, code_sha256: str) -> ApiToken | None:
    """Take the code out, if it is not older than five minutes: it works once, whoever brings it."""
    taken = delete(ApiToken).where(
        col(ApiToken.token_sha256) == code_sha256,
        col(ApiToken.kind) == TokenKind.CODE,
        col(ApiToken.made_at) > ago(CODE_LASTS),
    )
    row = session.execute(taken.returning(ApiToken)).scalar_one_or_none()
    if row is not None:
        session.expunge(row)
    return row


def forget_old(session: Session) -> None:
    """Forget what opens nothing any more."""
    session.execute(delete(ApiToken).where(col(ApiToken.made_at) <= ago(TOKEN_LASTS)))


def forget_tokens(session: Session, person_id: UUID) -> None:
    """Forget every token that acts as this person or system, or that the system holds."""
    mine = (col(ApiToken.person_id) == person_id) | (col(ApiToken.system_id) == person_id)
    session.execute(delete(ApiToken).where(mine))
