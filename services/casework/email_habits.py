"""How a person gets the emails of the partnership in which they act, as they set it themselves."""

from typing import Any

from pydantic import Field

from services.casework.commands import Command
from services.casework.effects.email_holding import have_wait
from services.database.email_settings import EmailSetting, setting_of, waiting_at
from services.database.people import emails_of
from services.database.unit_of_work import UnitOfWork
from services.domain.email_waiting import EmailHabits, EmailWay
from services.domain.errors import AnswerRefused


class SetEmailHabits(Command):
    """How the emails come: at once or in a digest, and in which hours none comes."""

    way: EmailWay = Field(
        title="How do you want to get your emails?",
        description="A referral, a national time limit, a signature that is asked for, something "
        "that came back and a personal data breach always come at once.",
    )
    digest_hour: int = Field(
        title="At which hour does the digest come?",
        description="From 0 to 23, such as 8 for eight in the morning. Used only for a digest.",
        ge=0,
        le=23,
    )
    quiet_from: int | None = Field(
        default=None,
        title="From which hour do you want no emails?",
        description="From 0 to 23, such as 19. They come once the quiet hours end.",
        ge=0,
        le=23,
    )
    quiet_until: int | None = Field(
        default=None,
        title="Until which hour?",
        description="From 0 to 23, such as 7.",
        ge=0,
        le=23,
    )


def own_habits(work: UnitOfWork) -> EmailHabits:
    """Return how the person gets this partnership's emails now."""
    found = setting_of(work.session, work.actor.person_id)
    return found.habits if found is not None else EmailHabits()


def set_habits(work: UnitOfWork, command: SetEmailHabits) -> None:
    """Keep how the person gets this partnership's emails; what waits for them is judged anew.

    Raises AnswerRefused where only one end of the quiet hours is given, or both are the same hour.
    """
    ends = (command.quiet_from, command.quiet_until)
    if (ends[0] is None) != (ends[1] is None):
        missing = "quiet_until" if ends[1] is None else "quiet_from"
        raise AnswerRefused(missing, "Enter both hours, or neither.")
    if ends[0] is not None and ends[0] == ends[1]:
        raise AnswerRefused("quiet_until", "Enter another hour than the one at which they begin.")
    person = work.actor.person_id
    row = setting_of(work.session, person) or EmailSetting(
        tenant_id=work.actor.partnership_id, person_id=person, **_words(command, work)
    )
    for name, value in _words(command, work).items():
        setattr(row, name, value)
    work.session.add(row)
    for address in emails_of(work.session, {person}):
        for email in waiting_at(work.session, address):
            have_wait(work, email, row.habits, work.now)
            work.session.add(email)


def _words(command: SetEmailHabits, work: UnitOfWork) -> dict[str, Any]:
    return {**command.model_dump(), "changed_at": work.now}
