"""At which addresses a partnership and the bodies it writes to are reached, as far as is known."""

from collections.abc import Iterator
from typing import Final

from services.casework.directory.unheld import unheld_in_directory
from services.casework.document_builders.business_unit import unit_contact
from services.casework.steps.dispatches.known_addresses import address_of_body
from services.database.directory_entries import contact_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.mailboxes import Mailboxes
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.set_up import Missing, SetUpPart

_MANAGER: Final = "The business manager enters it in the directory."
COVER: Final = 2  # registered notifiers: one covers for the other (NOT-07)


def missing_mailboxes(work: UnitOfWork, installed: Mailboxes) -> Iterator[Missing]:
    """Yield what is not known of where the partnership and the bodies it writes to are reached."""
    part, enter = SetUpPart.MAILBOXES, in_own_words(_MANAGER)
    unit = unit_contact(work)
    if unit is None:
        what = in_own_words("The business unit has no address and no telephone in the directory.")
        yield Missing(part, what, enter)
    elif not unit.telephone:
        what = in_own_words("Letters name no telephone of the business unit.")
        yield Missing(part, what, enter)
    panel = address_of_body(work, installed, Recipient.PANEL) or ""
    if not work.partnership.is_demonstration and panel.endswith((".invalid", ".example")):
        to_do = "Run the installation in production, or enter where the Panel is written to."
        yield Missing(part, "The Panel's mailbox is an example.", to_do)
    for entry in contact_entries(work.session):
        if entry.waits and entry.validity.reaches(work.today):
            what = f"{capital(label(entry.contact.role))}: the address is not confirmed."
            yield Missing(part, what, "A second person answers it in the directory.")
    for post in unheld_in_directory(work, work.today):
        what = f"Nobody holds the post of {post.post}."
        to_do = f"{enter} Rules have it written to ({', '.join(post.named_by)})."
        yield Missing(part, what, to_do, is_needed=False)
    notifiers = contact_entries(work.session, ContactRole.REGISTERED_NOTIFIER)
    if sum(one.holds(work.today) for one in notifiers) < COVER:
        what = "Fewer than two registered notifiers are in the directory (NOT-07)."
        yield Missing(part, what, f"The authority appoints them. {enter}", is_needed=False)
