"""What somebody posts at a one-time address: a confirmation, an acceptance, an account."""

from pydantic import Field

from services.casework.commands import Command, ShortText, YesNo
from services.identity.passwords import LONGEST, SHORTEST


class ConfirmAppointment(Command):
    """What the holder of a post says of somebody who is to act for their organisation."""

    is_confirmed: YesNo = Field(title="Do you appoint this person to act for your organisation?")
    said_by: ShortText = Field(title="Your full name and your post")
    grounds: ShortText = Field(
        title="By which authority, or why not?",
        description="For example: by the scheme of delegation of the organisation, part 3.",
    )


class AcceptInvitation(Command):
    """That somebody who has an account, and is signed in, takes up what they are invited to."""


class OpenAccount(Command):
    """How somebody who has no account yet is called, and how they will sign in."""

    name: ShortText = Field(title="Your full name")
    password: str = Field(
        title="Choose a password",
        description=f"{SHORTEST} characters or more. You sign in with it next.",
        min_length=1,
        max_length=LONGEST,
    )
