"""Who is written to, by what they are (E-04)."""

from enum import StrEnum


class Recipient(StrEnum):
    """Somebody who is written to, by what they are and never by name (E-04)."""

    PANEL = "panel"
    PANEL_SECRETARIAT = "panel_secretariat"
    OFSTED = "ofsted"
    DEPARTMENT = "department"
    SECRETARY_OF_STATE = "secretary_of_state"
    NSPCC = "nspcc"
    DECISION_MAKER = "decision_maker"
    PARTNERS = "partners"
    SEAT = "seat"
    CHAIR = "chair"
    BUSINESS_MANAGER = "business_manager"
    DATA_PROTECTION_CONTACT = "data_protection_contact"
    AGENCY = "agency"
    AGENCIES = "agencies"
    REFERRER = "referrer"
    REVIEWER = "reviewer"
    ATTENDEES = "attendees"
    ACTION_OWNER = "action_owner"
    DUTY_HOLDER = "duty_holder"
    DIRECTOR = "director"
    EXECUTIVE = "executive"
    REVIEW_GROUP = "review_group"
    UNIT_MANAGER = "unit_manager"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    COMMUNICATIONS = "communications"
    ON_DUTY = "on_duty"
