"""Labels of the action plan: how its actions are rated, and the audits of their effect."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "Addresses": {"practice": "practice", "system_leadership": "system leadership"},
    "RecommendationStanding": {
        "with_group": "with the review group",
        "with_partners": "before the partners",
        "endorsed": "endorsed by the partners",
    },
    "SaidBefore": {"new": "no, it is new", "before": "yes, before"},
    "Counted": {
        "notifications": "notifications to the Panel",
        "rapid_reviews": "rapid reviews submitted",
        "local_reviews": "local reviews decided on",
        "reports": "reports published",
    },
    "Theme": {
        "neglect": "neglect",
        "infant_injury": "injury of an infant that was not an accident",
        "sleep_of_infants": "sleep of infants, and sudden death",
        "sexual_abuse": "sexual abuse",
        "domestic_abuse": "domestic abuse",
        "parental_mental_health": "mental health of a parent or carer",
        "parental_substance_use": "alcohol or drugs of a parent or carer",
        "child_mental_health": "mental health of the child, self-harm and suicide",
        "exploitation": "exploitation and harm outside the home",
        "online_harm": "harm online",
        "disability": "disability",
        "ethnicity_and_culture": "ethnicity, culture, faith and racism",
        "poverty_and_housing": "poverty and housing",
        "out_of_school": "missing from education, or taught at home",
        "in_care_or_leaving": "in care, or leaving it",
        "fathers_unseen": "fathers and other men not seen",
        "child_unheard": "the child not seen or heard",
        "information_sharing": "sharing of information",
        "risk_assessment": "assessment of risk, and planning",
        "thresholds": "thresholds and referrals",
        "challenge_and_curiosity": "professional curiosity and challenge",
        "supervision_and_workload": "supervision, training and workload",
        "between_areas": "families who move between areas",
    },
    "Followed": {
        "open": "open",
        "overdue": "overdue",
        "complete": "complete",
        "risk_accepted": "risk accepted",
    },
    "Rating": {
        "red": "red: not on course",
        "amber": "amber: at risk",
        "green": "green: on course",
    },
    "ImpactAuditBy": {
        "single_agency": "an audit by one agency",
        "multi_agency": "a multi-agency audit",
        "independent_scrutiny": "an audit or assurance event by independent scrutiny",
    },
    "AuditFinding": {
        "sustained": "the improvement is sustained",
        "not_sustained": "the improvement is not sustained",
        "not_carried_out": "the audit was not carried out",
    },
    "Recheck": {
        "after_3_months": "after a quarter of a year",
        "after_6_months": "after half a year",
        "after_12_months": "after a whole year",
        "none": "not again",
    },
}

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "Recommendation": {
        "owner": "Asked of",
        "others": "Together with",
        "by_when": "By when",
        "addresses": "Addresses",
        "said_before": "Recommended before",
        "came_of_it": "Where before, and what came of it",
    },
    "ActionOfPlan": {
        "agency": "Agency",
        "owner": "Post that answers for it",
        "measure": "How a difference will be known",
        "last_day": "By when",
    },
    "ActionReported": {
        "progress": "Standing",
        "rating": "Rating",
        "rating_reason": "Reason for the rating",
    },
    "ActionRated": {"rating": "Rating", "rating_reason": "Reason for the rating"},
    "ReviewPlan": {
        "reviewed_on": "Reviewed on",
        "decided": "What was found and decided",
        "next_on": "Reviewed next by",
    },
    "AskForAudit": {
        "audit": "Audit",
        "question": "What it should find out",
        "by_when": "By when",
    },
    "AuditRecorded": {"recheck_on": "Looked at again on"},
    "RecordAudit": {
        "audit": "Audit",
        "audited_on": "Completed on",
        "auditors": "Who audited",
        "sample": "What was looked at",
        "found": "What was found, or why it was not carried out",
        "finding": "Whether the improvement lasts",
        "recheck": "Looked at again",
        "no_recheck": "Why it is not looked at again",
        "again_by": "To be done again by",
    },
    "PlanPut": {"dissemination": "How the learning is shared"},
    "CloseSaid": {
        "audit": "Further audit or assurance, and what it showed",
        "sustained": "How the improvement is sustained",
        "assured": "How the partners' leaders are assured that practice changed",
    },
}
"""What papers call the answers about them (`papers.py`)."""
