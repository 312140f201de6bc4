"""To whom each email goes: as the guidance says, and to real mailboxes from production only."""

from services.domain.email_classes import EmailClass
from services.domain.emails import EmailTrigger
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION, mailboxes_for
from services.domain.recipients import Recipient
from services.mail import one_address


def test_real_mailboxes_are_reached_from_production_only():
    assert mailboxes_for("production") is PRODUCTION
    for environment in ("demonstration", "Production", "", "staging"):
        assert mailboxes_for(environment) is NOT_PRODUCTION
    for name in NOT_PRODUCTION.__slots__:
        assert getattr(NOT_PRODUCTION, name).endswith(".invalid")
        one_address(getattr(PRODUCTION, name))


def test_each_national_body_has_an_address_and_nobody_local_has():
    national = {
        Recipient.PANEL,
        Recipient.PANEL_SECRETARIAT,
        Recipient.OFSTED,
        Recipient.DEPARTMENT,
        Recipient.SECRETARY_OF_STATE,
        Recipient.NSPCC,
    }
    for recipient in Recipient:
        assert (PRODUCTION.address_of(recipient) is not None) == (recipient in national)


def test_the_recipients_of_the_guidance_are_those_of_the_rules():
    """E-04: the recipients differ by event."""
    panel, ofsted, department = Recipient.PANEL, Recipient.OFSTED, Recipient.DEPARTMENT
    secretary = Recipient.SECRETARY_OF_STATE
    wanted = {
        EmailTrigger.REPORT_TO_REPOSITORY: {Recipient.NSPCC},
        EmailTrigger.RAPID_REVIEW_SUBMITTED: {Recipient.ATTENDEES},
        EmailTrigger.LATENESS_FORECAST: {Recipient.PANEL_SECRETARIAT},
        EmailTrigger.DOCUMENTS_TO_COLLECT: {panel},
        EmailTrigger.COMMISSIONING_DECIDED: {panel, department, ofsted},
        EmailTrigger.REVIEWER_NAMED: {panel, department, ofsted},
        EmailTrigger.DELAY_FORESEEN: {panel, secretary},
        EmailTrigger.PRE_PUBLICATION_SENT: {panel, ofsted, secretary},
        EmailTrigger.IMPROVEMENTS_PRE_SENT: {panel, ofsted, secretary},
        EmailTrigger.OUTCOME_TOLD: {Recipient.AGENCIES, Recipient.REFERRER},
        EmailTrigger.INCIDENT_REFERRED: {
            Recipient.BUSINESS_MANAGER,
            Recipient.CHAIR,
            Recipient.DECISION_MAKER,
            Recipient.PARTNERS,
        },
    }
    for event, recipients in wanted.items():
        assert set(event.sending.recipients) == recipients


def test_only_reminders_go_again_when_nobody_can_tell_whether_they_went():
    for event in EmailTrigger:
        held = event.sending.delivery.held_when_unsure
        assert held == (event.sending.delivery is not EmailClass.REMINDER)
        national = any(PRODUCTION.address_of(each) for each in event.sending.recipients)
        assert held or not national


def test_no_email_goes_to_a_national_body_and_to_somebody_local_at_once():
    """A national body gets its documents, somebody local a link: never one letter for both."""
    for event in EmailTrigger:
        told = {PRODUCTION.address_of(one) is not None for one in event.sending.recipients}
        assert len(told) <= 1
