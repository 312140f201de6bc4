"""The emails about a person's own account: they belong to no case and hold no word of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from services.domain.accounts import OwnerNotice
from services.mail import Email

_NOT_YOU: Final = (
    "If it was not you, change your password now, end your other sessions, and tell an "
    "administrator of your partnership. Do not reply to this message."
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one of these emails says, and what its link leads to."""

    subject: str
    said: tuple[str, ...]
    leads_to: str = "Your account"


BLOCKED: Final = _Words(
    "Someone tried to sign in to Keyline as you",
    (
        (
            "Too many wrong passwords were tried with your email address in the last 15 minutes, "
            "so no more tries are taken from there for now."
        ),
        (
            "If it was you: wait 15 minutes and try again. A browser in which you have signed in "
            "before can be used at any time."
        ),
        (
            "If it was not you: your password was not guessed, and you need not do anything to "
            "your account. Tell an administrator of your partnership, and do not reply to this "
            "message."
        ),
    ),
    "Sign in to Keyline",
)
WORDS: Final[Mapping[OwnerNotice, _Words]] = {
    OwnerNotice.PASSWORD_RESET: _Words(
        "Choose another password for Keyline",
        (
            (
                "Somebody asked at the page to sign in for another password of your account. "
                "Choose one at the address below. It works once, and for 30 minutes."
            ),
            "If it was not you, you need not do anything: your password stays as it is.",
        ),
        "Choose another password",
    ),
    OwnerNotice.PASSWORD_CHANGED: _Words(
        "Your password for Keyline was changed",
        ("The password of your account was changed, and your other sessions were ended.", _NOT_YOU),
    ),
    OwnerNotice.FACTOR_ADDED: _Words(
        "A second factor was added to your account in Keyline",
        ("An app for codes, or a passkey, was added to your account.", _NOT_YOU),
    ),
    OwnerNotice.FACTOR_REMOVED: _Words(
        "A second factor was removed from your account in Keyline",
        ("An app for codes, or a passkey, was removed from your account.", _NOT_YOU),
    ),
    OwnerNotice.RECOVERY_CODE_USED: _Words(
        "A recovery code of yours was used in Keyline",
        (
            (
                "Somebody signed in to your account with your password and one of your recovery "
                "codes. That code works no more, and every other session of yours was ended."
            ),
            _NOT_YOU,
        ),
    ),
    OwnerNotice.RECOVERY_CODES_MADE: _Words(
        "New recovery codes were made for your account in Keyline",
        ("Ten new recovery codes were made. Those that you had before work no more.", _NOT_YOU),
    ),
    OwnerNotice.SECOND_FACTOR_TRIED: _Words(
        "Someone has your password for Keyline",
        (
            (
                "Somebody gave your password, and then too many codes that were not right. "
                "Nothing was opened to them."
            ),
            (
                "If it was you: wait 15 minutes and try again. A browser in which you have signed "
                "in before has tries of its own. If it was not you, change your password now, and "
                "tell an administrator of your partnership. Do not reply to this message."
            ),
        ),
    ),
    OwnerNotice.PROOF_TRIED: _Words(
        "Someone who is signed in as you could not show that it is you",
        (
            (
                "In a browser in which your account is signed in to Keyline, too many codes or "
                "passwords were given that were not right, where it is asked again who you are."
            ),
            "If it was you: wait 15 minutes and try again.",
            _NOT_YOU,
        ),
    ),
    OwnerNotice.NEW_BROWSER: _Words(
        "Your account in Keyline was used with a new browser",
        ("Somebody signed in to your account with a browser that was not used before.", _NOT_YOU),
    ),
    OwnerNotice.FACTORS_CLEARED: _Words(
        "Your second factor in Keyline was taken away: choose another password",
        (
            (
                "Two administrators put on record that you have lost your second factor. It opens "
                "nothing any more, nor do your recovery codes and your password, and you are "
                "signed out everywhere."
            ),
            (
                "Choose another password at the address below. It works once, and for 30 minutes; "
                "after that, say at the page to sign in that you have forgotten it. Then sign in, "
                "and set up a second factor."
            ),
            (
                "If you have lost nothing, phone an administrator of your partnership now, by a "
                "number that you know. Do not reply to this message."
            ),
        ),
        "Choose another password",
    ),
    OwnerNotice.IDENTITY_BOUND: _Words(
        "An organisation's sign-in was added to your account in Keyline",
        (
            (
                "Whoever that organisation says is you is signed in as you from now on, in the "
                "partnerships for which it vouches. Your account shows which organisation it is."
            ),
            (
                "If you did not know of it, tell an administrator of your partnership now. If you "
                "have a password here, sign in with it, remove the organisation's sign-in at your "
                "account, and change the password. Do not reply to this message."
            ),
        ),
    ),
    OwnerNotice.IDENTITY_ENDED: _Words(
        "An organisation's sign-in was removed from your account in Keyline",
        ("It signs you in no longer, and what it had signed in was ended.", _NOT_YOU),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEmail:
    """What an email to the owner of an account is made of."""

    what: OwnerNotice
    recipient: str
    sender: str
    message_id: str
    link: str


def write_account_email(asked: AccountEmail) -> Email:
    """Write to the owner of an account about what was done with it."""
    return _written(
        WORDS[asked.what],
        asked.link,
        recipient=asked.recipient,
        sender=asked.sender,
        message_id=asked.message_id,
    )


def write_sign_in_blocked(*, recipient: str, sender: str, message_id: str, link: str) -> Email:
    """Write to the owner of an account at whose door too many passwords were tried."""
    return _written(BLOCKED, link, recipient=recipient, sender=sender, message_id=message_id)


def _written(words: _Words, link: str, *, recipient: str, sender: str, message_id: str) -> Email:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in words.said)
    return Email(
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        subject=words.subject,
        body_text="\n\n".join((*words.said, link, "Keyline")) + "\n",
        body_html=f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(words.subject)}</title></head><body>{paragraphs}"
        f'<p><a href="{escape(link)}">{words.leads_to}</a></p><p>Keyline</p></body></html>\n',
    )
