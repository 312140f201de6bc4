"""The emails about a person's own account: they belong to no case and hold no word of one."""

from html import escape
from typing import Final

from services.mail import Email

SUBJECT: Final = "Someone tried to sign in to Keyline as you"
_TRIED: Final = (
    "Too many wrong passwords were tried with your email address in the last 15 minutes, so no "
    "more tries are taken from there for now."
)
_IF_YOU: Final = (
    "If it was you: wait 15 minutes and try again. A browser in which you have signed in before "
    "can be used at any time."
)
_IF_NOT_YOU: Final = (
    "If it was not you: your password was not guessed, and you need not do anything to your "
    "account. Tell your business manager, and do not reply to this message."
)
_SAID: Final = (_TRIED, _IF_YOU, _IF_NOT_YOU)


def write_sign_in_blocked(*, recipient: str, sender: str, message_id: str, link: str) -> Email:
    """Write to the owner of an account at whose door too many passwords were tried."""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in _SAID)
    return Email(
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        subject=SUBJECT,
        body_text="\n\n".join((*_SAID, link, "Keyline")) + "\n",
        body_html=f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(SUBJECT)}</title></head><body>{paragraphs}"
        f'<p><a href="{escape(link)}">Sign in to Keyline</a></p><p>Keyline</p></body></html>\n',
    )
