"""The chain is anchored regularly and at each submission, and its line goes to the manager."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from services.casework.engine.audit_anchors import (
    anchor_chain,
    anchor_chains,
    check,
)
from services.casework.engine.audit_checks import stored_anchors
from services.casework.engine.audit_lines import send_lines
from services.casework.engine.orphan_sweep import SAFE_AGE, sweep_partnership
from services.database import audit, watch
from services.database.outbox import OutboxEmail
from services.domain.audit_verifier import kept_lines
from services.domain.emails import EmailTrigger
from services.domain.errors import StoreUnavailable
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from tests.driven import Driven
from tests.post_office import Office, office, our_world
from tests.tampering import Tamperer
from tests.world import found_on

KEEPERS = (Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT)
__all__ = ["office", "our_world"]


@pytest.fixture
def admin(our_world, platform_postgres) -> Engine:
    """Return the administrator's engine on the database of the office."""
    return platform_postgres.admin_of(our_world.engine)


def lines(office: Office) -> list[OutboxEmail]:
    """Return the emails that bring a line to keep."""
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        question = select(OutboxEmail).where(OutboxEmail.event == EmailTrigger.AUDIT_ANCHORED)
        found = list(work.session.exec(question))
        work.session.expunge_all()
        return found


def head(office: Office):
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        return audit.head(work.session)


def head_before(emails: list[OutboxEmail]):
    """Return the one link that all of these emails name."""
    ((mark,),) = {tuple(kept_lines(one.content["anchor"])) for one in emails}
    return mark


def waits(office: Office) -> bool:
    return office.world.ours.partnership_id in watch.chains_to_anchor(office.engine)


def anchored_long_ago(admin, office: Office) -> None:
    past = text(
        "update audit_anchors set anchored_at = anchored_at - interval '16 minutes'"
        " where tenant_id = :tenant"
    )
    with admin.begin() as link:
        link.execute(past, {"tenant": office.world.ours.partnership_id})


def test_a_chain_is_anchored_when_it_begins_then_once_a_quarter_of_an_hour(office, admin):
    tenant = office.world.ours.partnership_id
    anchor_chains(office)
    assert list(stored_anchors(office.store, tenant)) == [head(office)]
    assert not waits(office)
    Driven(office.world)
    assert not waits(office)
    anchored_long_ago(admin, office)
    assert waits(office)
    anchor_chains(office)
    assert list(stored_anchors(office.store, tenant))[-1] == head(office)
    anchored_long_ago(admin, office)
    assert not waits(office)


def test_an_anchor_holds_number_hash_and_moment_and_nothing_else(office):
    mark = anchor_chain(office, office.world.ours.partnership_id)
    ((kept, content),) = next(iter(office.store.versions.values()))
    assert mark is not None
    assert kept.key == f"anchors/{office.world.ours.partnership_id}/{mark.seq:012}.json"
    assert len(content) < 600
    assert kept.locked_until > office.now() + timedelta(days=7 * 365)
    assert kept_lines(mark.line) == [mark]


def test_a_statutory_submission_is_anchored_and_the_line_sent_without_waiting(office):
    anchor_chains(office)
    case = Driven(office.world).decide()
    assert not waits(office)
    case.notify()
    assert waits(office)
    anchor_chains(office)
    assert not waits(office)
    emails = lines(office)
    assert head_before(emails) == head(office)
    assert {one.address for one in emails} == {office.world.ours.email(who) for who in KEEPERS}
    assert {one.recipient.value for one in emails} == {who.value for who in KEEPERS}
    office.deliver()
    sent = [one for one in office.mailer.emails if "audit" in one.subject]
    assert len(sent) == len(KEEPERS)
    for one in sent:
        assert kept_lines(one.body_text) == [head_before(emails)]
        assert str(case.case_id) not in one.body_text
        assert "/audit" in one.body_text


def test_the_line_goes_to_manager_and_data_protection_contact_once_a_week(office):
    send_lines(office)
    assert lines(office) == []
    anchor_chains(office)
    for days in (0, 1, 7):
        office.when = str((office.now() + timedelta(days=days)).replace(tzinfo=None))
        send_lines(office)
        send_lines(office)
    assert len(lines(office)) == 2 * len(KEEPERS)


def test_a_contact_who_is_provisioned_later_gets_the_line_from_then_on(office):
    founding, side = office.world.ours.founding(), office.world.ours
    late = f"late.{side.email(Role.DATA_PROTECTION_CONTACT)}"
    contact = next(one for one in founding.people if one.role is Role.DATA_PROTECTION_CONTACT)
    more = replace(founding, people=(*founding.people, replace(contact, email=late)))
    anchor_chains(office)
    send_lines(office)
    assert late not in {one.address for one in lines(office)}
    found_on(office.engine, more)
    send_lines(office)
    assert late in {one.address for one in lines(office)}


def test_a_line_that_cannot_be_sent_alerts_the_manager(office, admin):
    anchor_chains(office)
    send_lines(office)
    with admin.begin() as link:
        link.execute(
            text("update outbox_emails set address = 'no address' where tenant_id = :tenant"),
            {"tenant": office.world.ours.partnership_id},
        )
    office.deliver()
    assert alerts(office, admin) == ["anchor_line_not_sent"] * len(KEEPERS)


def alerts(office: Office, admin) -> list[str]:
    question = text("select code from alerts where tenant_id = :tenant")
    with admin.connect() as link:
        tenant = {"tenant": office.world.ours.partnership_id}
        return list(link.execute(question, tenant).scalars())


def test_a_broken_chain_is_not_anchored_and_alerts_the_manager_once(office, admin):
    tenant = office.world.ours.partnership_id
    Driven(office.world)
    Tamperer(admin, tenant).edit(2)
    for _ in range(3):
        assert anchor_chain(office, tenant) is None
    assert list(stored_anchors(office.store, tenant)) == []
    assert alerts(office, admin) == ["audit_broken"]


def test_a_whole_chain_is_kept_as_checked(office):
    anchor_chains(office)
    assert check(office, office.world.ours.partnership_id) == ""
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        last = audit.last_check(work.session)
        assert (last.up_to, last.finding) == (1, "")


def test_a_store_that_is_away_puts_the_anchor_off(office):
    office.store.away = True
    anchor_chains(office)
    assert waits(office)
    with pytest.raises(StoreUnavailable):
        anchor_chain(office, office.world.ours.partnership_id)
    office.store.away = False
    anchor_chains(office)
    assert not waits(office)


def test_the_orphan_sweep_leaves_anchors_alone(office):
    office.store = MemoryStore(office.now)
    anchor_chains(office)
    office.when = str((office.now() + SAFE_AGE + timedelta(hours=1)).replace(tzinfo=None))
    assert sweep_partnership(office, office.world.ours.partnership_id) == 0
    assert list(stored_anchors(office.store, office.world.ours.partnership_id))
