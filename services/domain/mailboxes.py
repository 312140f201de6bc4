"""At which address a national body is written to, and when nobody real is written to."""

from dataclasses import astuple, dataclass
from typing import Final

from services.domain.recipients import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    """The installation's own addresses of the national bodies (E-05).

    They change: an address of the directory that two people have set comes before them.
    """

    panel: str
    panel_secretariat: str
    ofsted: str
    department: str
    secretary_of_state: str
    nspcc: str

    def address_of(self, recipient: Recipient) -> str | None:
        """Return a national body's address, or None for somebody local."""
        return {
            Recipient.PANEL: self.panel,
            Recipient.PANEL_SECRETARIAT: self.panel_secretariat,
            Recipient.OFSTED: self.ofsted,
            Recipient.DEPARTMENT: self.department,
            Recipient.SECRETARY_OF_STATE: self.secretary_of_state,
            Recipient.NSPCC: self.nspcc,
        }.get(recipient)

    def may_be_used(self, address: str) -> bool:
        """Tell whether an address of the directory may be written to from this installation.

        Outside production nobody real is: not even where the directory names their mailbox.
        """
        return self == PRODUCTION or _domain(address) not in _REAL


PRODUCTION = Mailboxes(
    panel="Mailbox.NationalReviewPanel@education.gov.uk",
    panel_secretariat="NationalReviewPanel@education.gov.uk",
    ofsted="SCR.SIN@ofsted.gov.uk",
    department="Mailbox.CPOD@education.gov.uk",
    secretary_of_state="Mailbox.CPOD@education.gov.uk",
    nspcc="information@nspcc.org.uk",
)

NOT_PRODUCTION = Mailboxes(
    panel="panel@national-bodies.invalid",
    panel_secretariat="panel-secretariat@national-bodies.invalid",
    ofsted="ofsted@national-bodies.invalid",
    department="department@national-bodies.invalid",
    secretary_of_state="secretary-of-state@national-bodies.invalid",
    nspcc="nspcc@national-bodies.invalid",
)


_REAL: Final = frozenset(address.rpartition("@")[2].casefold() for address in astuple(PRODUCTION))


def _domain(address: str) -> str:
    return address.strip().rpartition("@")[2].casefold()


def mailboxes_for(environment: str) -> Mailboxes:
    """Return the real mailboxes in production only; anywhere else none of them can be reached."""
    return PRODUCTION if environment == "production" else NOT_PRODUCTION
