"""Labels of the reviews and proceedings beside this one, and of what is agreed about them."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "ProcessKind": {
        "domestic_homicide": "domestic homicide review",
        "safeguarding_adult": "safeguarding adult review",
        "mappa": "serious case review of the public protection arrangements (MAPPA)",
        "criminal": "criminal investigation or proceedings",
        "coroner": "coroner's investigation or inquest",
        "disciplinary": "disciplinary procedure of an agency",
        "professional_body": "procedure of a professional body",
        "inspection": "inspection by Ofsted or another inspectorate",
        "other": "another review or proceeding",
    },
    "ProcessState": {
        "considered": "being considered",
        "under_way": "under way",
        "ended": "ended",
        "not_begun": "not begun: it was decided against",
    },
    "Primacy": {
        "not_settled": "not settled yet",
        "this_review": "this review goes first",
        "other_process": "the other one goes first",
        "side_by_side": "both go on beside each other",
        "one_report": "one joint report covers both",
    },
    "Constrained": {
        "asked": "asking somebody, or about something",
        "shown": "showing something to others",
        "published": "publishing something",
    },
    "ReviewStep": {
        "scoping": "scoping: what the agencies are asked first",
        "meeting": "the rapid review, its meeting and its decision",
        "terms": "the terms of reference",
        "agency_reports": "what the agencies are asked for the review",
        "practitioners": "the learning event and conversations with practitioners",
        "family": "the family's part",
        "report": "the report",
        "publication": "publication",
    },
    "LiaisonWith": {
        "police": "the police, or the senior investigating officer",
        "family_liaison": "the police's family liaison, about who speaks with the family when",
        "prosecution": "the Crown Prosecution Service",
        "coroner": "the coroner",
        "adult_board": "the safeguarding adults board",
        "community_safety": "the community safety partnership",
        "mappa_board": "the public protection arrangements (MAPPA)",
        "child_death_partners": "the child death review partners",
        "legal_adviser": "a legal adviser of the partnership",
        "panel_secretariat": "the Panel's secretariat",
        "other_body": "another body",
    },
}

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "ProcessSaid": {
        "kind": "Kind",
        "called": "Number or name",
        "body": "Carried out by",
        "contact": "Reached through",
        "state": "Status",
        "since": "Since",
        "goes_first": "Which goes first",
        "agreed_by": "Agreed by",
        "agreed_on": "Agreed on",
        "constraints": "Held back for now",
        "days": "Days on which it sits",
        "effect": "What follows for this review as a whole",
        "effects": "What follows for its steps",
    },
    "StepEffect": {"step": "Step", "effect": "What follows for it"},
    "ProcessConstraint": {
        "holds_back": "What",
        "words": "What exactly",
        "until": "Until",
        "asked_by": "Asked for by",
    },
    "ScheduleSaid": {
        "agreed_with": "Agreed with",
        "agreed_on": "Agreed on",
        "agreed": "What was agreed about scope, methods and disclosure",
        "kept_back": "Not disclosed, or not yet",
    },
    "MaterialKeptBack": {
        "what": "Material",
        "why": "Why, or until when",
    },
    "ProcessDays": {"what": "What takes place"},
    "LiaisonKept": {
        "whom": "With",
        "who": "Who, and how",
        "held_on": "When",
        "process": "About",
        "about": "Matter",
        "outcome": "Agreed, or left open",
        "had_by": "Had by",
        "on_behalf_of": "On behalf of",
        "on_behalf": "Why on their behalf",
        "course": "Course of the review",
    },
    "ReportRequirement": {
        "requirement": "What it requires of the joint report",
        "met_by": "Where the report meets it",
    },
}
"""What papers call the answers about them (`papers.py`)."""
