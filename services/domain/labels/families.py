"""Labels of how the people of a family take part in a local review."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "TakesPart": {
        "invited": "invited to take part",
        "not_invited": "not invited, for a strong reason",
        "not_any_more": "was invited, and does not take part",
    },
    "WhyNotInvolved": {
        "risk": "somebody would be put at risk",
        "parallel_investigation": "a parallel investigation or proceeding",
        "own_choice": "their own choice",
        "not_able": "too young, or not able to",
        "not_reached": "they could not be reached",
        "no_part": "no part in the child's life that bears on the review",
        "died": "they have died",
    },
    "SupportNeed": {
        "interpreter": "an interpreter or translation",
        "disability": "support with a disability",
        "domestic_abuse": "specialist support, because of domestic abuse",
        "child_expertise": "somebody with expertise in speaking with children",
        "other_support": "other support",
        "no_support": "none, as far as is known",
    },
    "FamilyMatter": {
        "first_contact": "the review, and the invitation to take part",
        "their_views": "their own views and experience, for the review",
        "publication": "the proposed arrangements for publication",
        "other_matter": "another matter",
    },
    "FamilyPaper": {"letter": "the letter", "leaflet": "the leaflet"},
    "ContactWay": {
        "in_person": "in person",
        "by_telephone": "by telephone",
        "by_video": "by video call",
        "in_writing": "in writing only",
    },
    "PersonShape": {
        "male": "male",
        "female": "female",
        "not_said": "not said",
    },
    "Tie": {
        "parent": "is a parent of",
        "adoptive_parent": "is an adoptive parent of",
        "step_parent": "is a step parent of",
        "foster_carer": "is a foster carer or guardian of",
        "grandparent": "is a grandparent of",
        "married": "is married to",
        "partners": "is the partner of",
        "separated": "is separated from",
        "divorced": "is divorced from",
        "siblings": "is a brother or sister of",
        "other": "is otherwise connected with",
    },
    "RemarkAbout": {
        "personal_detail": "a fact of their personal details",
        "other": "anything else in the report",
    },
    "RemarkAnswer": {
        "corrected": "corrected in the next version",
        "not_corrected": "not corrected",
        "passed_on": "passed on to the lead reviewer, who decides",
    },
    "BesideEvent": {
        "before": "before the learning event",
        "after": "after the learning event",
        "no_event": "there is no learning event in this review",
    },
}

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "GenogramChecked": {
        "checked_with": "Checked with, and shared at",
        "is_full": "Full and accurate as far as is known",
        "missing": "Missing or not certain",
    },
    "PersonSaid": {
        "takes_part": "Takes part",
        "because": "Kind of reason",
        "reason": "Reason",
        "in_report": "In the report",
        "needs": "Support needed",
        "support": "What is arranged",
        "letter_to": "Letter written to",
        "waits": "Not before",
    },
}
"""What papers call the answers about them (`papers.py`)."""
