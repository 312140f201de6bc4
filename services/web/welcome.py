"""The first three things of each role: what a person who is new does first, and where.

Each leads to a page that the role may open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.domain.roles import Role
from services.web.saying import said


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One of the three: what to do, what it is for, and its page."""

    does: str
    tells: str
    href: str

    @property
    def heading(self) -> str:
        """Return what to do, in the words of the reader's partnership."""
        return said(self.does)

    @property
    def text(self) -> str:
        """Return what it is for, in the words of the reader's partnership."""
        return said(self.tells)


_NEEDS: Final = FirstThing(
    "See what needs you today",
    "Your tasks and the time limits behind them, the most urgent first. Each leads to its form.",
    "/",
)
_CASES: Final = FirstThing(
    "Open your cases",
    "Before a case opens for the first time you declare your interests in it, once.",
    "/cases",
)
_EMAILS: Final = FirstThing(
    "Choose how e-mails come",
    "At once, or in one e-mail a day with what can wait. What is urgent always comes at once.",
    "/account/emails",
)
_REFER: Final = FirstThing(
    "Know how to refer",
    "Where a child has died or was seriously harmed, and abuse or neglect is known or suspected.",
    "/refer",
)
_POLICY: Final = FirstThing(
    "Read the policy",
    "Which time limits the partnership counts, and what it chose within the guidance.",
    "/policy",
)
_HELP: Final = FirstThing(
    "Know whom to ask", "The telephone and the e-mail address of the business unit.", "/help"
)
_ACCOUNT: Final = FirstThing(
    "Look at your account", "How you prove that it is you, and where you are signed in.", "/account"
)
_TRENDS: Final = FirstThing(
    "Look at the trends", "What recurs in the partnership's notifications and reviews.", "/trends"
)
FIRST_THINGS: Final[Mapping[Role, tuple[FirstThing, FirstThing, FirstThing]]] = MappingProxyType(
    {
        Role.BUSINESS_MANAGER: (
            _NEEDS,
            _CASES,
            FirstThing(
                "Keep the directory right",
                "Letters and e-mails go where it says. Enter how the business unit is reached.",
                "/directory",
            ),
        ),
        Role.NOTIFIER: (
            _NEEDS,
            FirstThing(
                "Log what may have to be notified",
                "What you heard, and when: the time to notify counts from what is known.",
                "/leads",
            ),
            _CASES,
        ),
        Role.SAFEGUARDING_PARTNER: (_NEEDS, _CASES, _POLICY),
        Role.REVIEW_GROUP_CHAIR: (_NEEDS, _CASES, _TRENDS),
        Role.REVIEW_GROUP_MEMBER: (_NEEDS, _CASES, _REFER),
        Role.AGENCY_LEAD: (_NEEDS, _REFER, _EMAILS),
        Role.LEAD_REVIEWER: (_NEEDS, _CASES, _EMAILS),
        Role.INDEPENDENT_SCRUTINEER: (
            _CASES,
            _TRENDS,
            FirstThing(
                "See the national reviews",
                "What the review group took from each, and what was done about it here.",
                "/national-reviews",
            ),
        ),
        Role.COMMUNICATIONS_LEAD: (_NEEDS, _CASES, _EMAILS),
        Role.DATA_PROTECTION_CONTACT: (
            FirstThing(
                "See who saw what", "Every look at a case is a link of the audit chain.", "/audit"
            ),
            FirstThing(
                "Answer information requests",
                "Each with the day by which it is to be answered.",
                "/information-requests",
            ),
            FirstThing(
                "See which records come up",
                "How long closed cases are kept, and what is proposed for them.",
                "/retention",
            ),
        ),
        Role.GUEST: (_NEEDS, _CASES, _HELP),
        Role.PRACTITIONER: (
            FirstThing(
                "Go to your learning event",
                "When and where it is, its papers, and what you are asked.",
                "/",
            ),
            _ACCOUNT,
            _HELP,
        ),
        Role.OPERATIONS: (
            FirstThing(
                "See how Keyline is",
                "What affects casework now, by references and never by what a case says.",
                "/operations",
            ),
            FirstThing(
                "Keep the bank holidays", "Working days count by them.", "/operations/bank-holidays"
            ),
            _ACCOUNT,
        ),
        Role.PARTNERSHIP_ADMINISTRATOR: (
            FirstThing(
                "See what the partnership lacks",
                "What is needed before the first case, and what is advised.",
                "/administration",
            ),
            FirstThing(
                "Appoint people",
                "Each appointment is confirmed by a second person.",
                "/administration/people",
            ),
            _POLICY,
        ),
        Role.PLATFORM_ADMINISTRATOR: (
            FirstThing(
                "See the partnerships", "Which there are, and what each lacks.", "/administration"
            ),
            FirstThing(
                "Found a partnership", "From the file that it filled in.", "/administration/found"
            ),
            _ACCOUNT,
        ),
    }
)
