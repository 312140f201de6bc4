"""At which address a national body is written to, and when nobody real is written to."""

from dataclasses import astuple, dataclass

from services.domain.recipients import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    """The addresses of the national bodies: data, since they change (E-05)."""

    panel: str
    panel_secretariat: str
    ofsted: str
    department: str
    secretary_of_state: str
    nspcc: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return every address of a national body."""
        return astuple(self)

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


def mailboxes_for(environment: str) -> Mailboxes:
    """Return the real mailboxes in production only; anywhere else none of them can be reached."""
    return PRODUCTION if environment == "production" else NOT_PRODUCTION
