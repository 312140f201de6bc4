"""Builds the neighbours from settings, once a process; the only reader of the wall clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from pydantic import SecretStr, ValidationError
from sqlalchemy import Engine

from services.calendars import england
from services.database.caught_emails import was_caught
from services.database.engine import connect
from services.documents import Documents
from services.documents.making import KeylineDocuments
from services.domain.errors import Unavailable
from services.domain.mailboxes import Mailboxes, mailboxes_for
from services.domain.working_days import Calendar
from services.link_checks.installation import (
    NO_LINK_CHECKER,
    NO_WEBHOOKS,
    LinkChecker,
    WebhookSender,
    link_checker,
    webhook_sender,
)
from services.mail import Mailer
from services.mail.smtp import CatcherMailer, SmtpMailer, SmtpServer
from services.settings import Settings
from services.storage import Store, clamd, scanning
from services.storage.installation import S3Place, store_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Everything outside the process that casework may need."""

    engine: Engine
    store: Store
    mailer: Mailer
    mailboxes: Mailboxes
    sender: str
    base_url: str
    documents: Documents
    calendar: Calendar
    now: Callable[[], datetime]
    scanner: scanning.Scanner = scanning.NO_SCANNER
    links: LinkChecker = NO_LINK_CHECKER
    webhooks: WebhookSender = NO_WEBHOOKS


def wall_clock() -> datetime:
    """Return the moment it is; every other file takes `now` as an argument."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


@cache
def settings() -> Settings:
    """Return the settings; one plain sentence says which of them are missing or wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        names = ", ".join(sorted({str(one["loc"][0]) for one in wrong.errors()}))
        raise Unavailable(f"These settings are missing or wrong: {names}.") from None


@cache
def neighbours() -> Neighbours:
    """Build the neighbours from the environment, once."""
    return build(settings())


def build(given: Settings) -> Neighbours:
    """Build the neighbours that these settings name."""
    engine = _engine(given, given.database_url)
    return Neighbours(
        engine=engine,
        store=store_in(store_place(given), given.object_keys.get_secret_value()),
        mailer=_mailer(given, engine),
        mailboxes=mailboxes_for(given.environment),
        sender=given.mail_from,
        base_url=given.base_url.rstrip("/"),
        documents=KeylineDocuments(),
        calendar=england(),
        now=wall_clock,
        scanner=clamd.ClamdScanner(given.clamd) if given.clamd else scanning.NO_SCANNER,
        links=link_checker(given.link_checks),
        webhooks=webhook_sender(given.link_checks),
    )


def sign_in_engine(given: Settings) -> Engine:
    """Return the engine of the sign-in role; only the web application is told its address."""
    if not given.sign_in_database_url.get_secret_value():
        raise Unavailable("These settings are missing or wrong: KEYLINE_SIGN_IN_DATABASE_URL.")
    return _engine(given, given.sign_in_database_url)


def provisioning_engine(given: Settings) -> Engine | None:
    """Return the engine that puts partnerships on record, where the web application has its login.

    Without it partnerships are founded at the machine alone.
    """
    url = given.provisioning_database_url
    return _engine(given, url) if url.get_secret_value() else None


def _engine(given: Settings, url: SecretStr) -> Engine:
    secret = given.context_key.get_secret_value()
    return connect(url.get_secret_value(), secret, behind_pooler=given.database_is_pooled)


def store_place(given: Settings) -> S3Place:
    """Return where the bucket of these settings is, and who we are there."""
    return S3Place(
        bucket=given.s3_bucket,
        endpoint_url=given.s3_endpoint_url,
        access_key=given.s3_access_key.get_secret_value() if given.s3_access_key else None,
        secret_key=given.s3_secret_key.get_secret_value() if given.s3_secret_key else None,
        region=given.s3_region,
    )


def _mailer(given: Settings, engine: Engine) -> Mailer:
    if given.lacks_sender:
        raise Unavailable("These settings are missing or wrong: MAIL_FROM.")
    server = SmtpServer(
        host=given.smtp_host,
        port=given.smtp_port,
        helo=given.mail_name,
        user=given.smtp_user,
        password=given.smtp_password.get_secret_value(),
        starttls=given.smtp_starttls and not given.mail_is_caught,
    )
    if not given.mail_is_caught:
        return SmtpMailer(server, wall_clock)
    return CatcherMailer(server, wall_clock, lambda message_id: was_caught(engine, message_id))
