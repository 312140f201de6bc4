"""What of a case a person may look at, as the record of who saw it says."""

from enum import StrEnum


class Viewed(StrEnum):
    """One thing that was looked at; a form is named by its act, a document by its id."""

    CASE = "case"
    CLOCK = "clock"
    TIMELINE = "timeline"
    VIEWERS = "viewers"
    DOCUMENTS = "documents"
    DOCUMENT = "document"
    FORM = "form"
    SHOWN_CASE = "shown_case"
    SHOWN_DOCUMENT = "shown_document"
    SEEN_BY_OTHERS = "seen_by_others"
    AUDIT = "audit"
    DECLARATION = "declaration"
    REQUEST_LOG = "request_log"
    CHRONOLOGY = "chronology"
    ACTIONS = "actions"
    VERSIONS = "versions"
    LEARNING_EVENT = "learning_event"
    PARTICIPANTS = "participants"
    AGENCIES = "agencies"
    AGENCY_RETURN = "agency_return"
