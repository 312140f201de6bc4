"""Who is written to together, where several events tell the same people."""

from services.domain.recipients import Recipient

OF_THE_GROUP = (Recipient.GROUP_MEMBERS, Recipient.REVIEW_GROUP)
UP_THE_LADDER = (Recipient.CHAIR, *OF_THE_GROUP, Recipient.PARTNERS)
MEMBERS_AND_CHAIR = (Recipient.GROUP_MEMBERS, Recipient.CHAIR)
TOLD_THE_DECISION = (
    Recipient.AGENCIES,
    Recipient.REFERRER,
    Recipient.ATTENDEES,
    Recipient.CHAIR,
    *OF_THE_GROUP,
)
MANAGER_AND_CONTACT = (Recipient.BUSINESS_MANAGER, Recipient.DATA_PROTECTION_CONTACT)
OFFICER = (Recipient.DATA_PROTECTION_OFFICER,)
OF_BREACHES = (*MANAGER_AND_CONTACT, *OFFICER)
TOLD_OF_DELAY = (Recipient.PANEL, Recipient.SECRETARY_OF_STATE)
REVIEWER_AND_MANAGER = (Recipient.REVIEWER, Recipient.BUSINESS_MANAGER)
THE_AGENCY_AND_LEAD = (Recipient.AGENCY, Recipient.STRATEGIC_LEAD)
