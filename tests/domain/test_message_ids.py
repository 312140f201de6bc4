"""A Message-ID is the key's and the partnership's, and says which partnership it is."""

from uuid import UUID

import pytest

from services.domain.identifiers import PartnershipId
from services.domain.message_ids import domain_of, in_domain, message_id_for, partnership_of

OURS, THEIRS = PartnershipId(UUID(int=1)), PartnershipId(UUID(int=2))
KEY = "tenant:case:step:recipient:template"


def test_a_message_id_is_worked_out_from_partnership_and_key_and_nothing_else():
    first = message_id_for(OURS, KEY)
    assert first == message_id_for(OURS, KEY)
    assert first != message_id_for(OURS, "tenant:case:step:another:template")
    assert first != message_id_for(THEIRS, KEY)
    assert first.endswith(f"@{OURS}.keyline.invalid>")


def test_it_names_its_partnership():
    assert partnership_of(message_id_for(OURS, KEY)) == OURS
    assert partnership_of(f" {message_id_for(THEIRS, KEY)} ") == THEIRS


def test_it_is_written_in_the_domain_of_the_sender_and_still_names_its_partnership():
    sent = in_domain(message_id_for(OURS, KEY), domain_of("no-reply@mail.northshire.example"))
    assert sent.endswith(f"@{OURS}.mail.northshire.example>")
    assert sent.partition("@")[0] == message_id_for(OURS, KEY).partition("@")[0]
    assert partnership_of(sent) == OURS
    assert in_domain(sent, "other.example") == in_domain(message_id_for(OURS, KEY), "other.example")
    assert in_domain("<1@keyline>", "other.example") == "<1@keyline>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<1@keyline>",
        message_id_for(OURS, KEY)[1:],
        message_id_for(OURS, KEY).replace(".invalid>", ".>"),
        message_id_for(OURS, KEY).replace(".keyline", "keyline"),
        message_id_for(OURS, KEY).replace(str(OURS), "-" * 36),
        message_id_for(OURS, KEY) * 2,
    ],
)
def test_what_is_no_message_id_of_ours_names_none(text: str):
    assert partnership_of(text) is None
