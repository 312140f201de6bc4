"""An email that asks to phone the business unit says the number, where there is one."""

from dataclasses import replace
from uuid import UUID

from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from services.mail import Email
from services.mail.writing import EMAILS, EmailContent, write

NAMES = sorted(folder.name for folder in EMAILS.iterdir() if folder.is_dir())
NUMBER = "01632 960 100"
BARE = EmailContent(reference="NBL-2026-014", partnership="Northshire", link="")


def written(name: str, words: EmailContent) -> Email:
    message_id = message_id_for(PartnershipId(UUID(int=1)), "key")
    return write(name, words, "person@agency.example", "keyline@northshire.example", message_id)


def test_the_number_stands_once_in_each_form_of_every_email_and_in_none_without_one():
    asked = 0
    for name in NAMES:
        reached, bare = written(name, replace(BARE, telephone=NUMBER)), written(name, BARE)
        for body in (reached.body_text, reached.body_html):
            assert body.count(f"Northshire on {NUMBER} and give the reference") == 1, name
            asked += 1
        assert "Northshire and give the reference" in bare.body_text
    assert asked == 2 * len(NAMES) > 100
