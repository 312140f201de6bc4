"""Labels of the learning event of a local review, and of what its report is checked for."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "HitKind": {
        "child_name": "name of a child of the incident",
        "family_name": "name of somebody of the family",
        "practitioner_name": "name of somebody who works with the family or in the review",
        "birth_day": "day on which a child or somebody of the family was born, or is expected",
        "incident_day": "day of the incident",
        "death_day": "day on which a child died",
        "place": "place of the incident, or where a child lives or is placed",
        "school": "school, or who is asked on this case alone",
        "reference": "reference of the case or of a child",
        "fellow_name": "name of a case of a partnership that shares this review",
        "fellow_day": "day of a case of a partnership that shares this review",
        "fellow_place": "place of a case of a partnership that shares this review",
        "not_read": "could not be read",
        "name_or_word": "everyday word that is also a name of the case",
        "month": "month of the incident, of a birth or of a death",
        "full_date": "day with its year",
        "postcode": "postcode",
        "nhs_number": "NHS number",
        "telephone": "telephone number",
        "email": "email address",
        "age": "age",
        "picture": "pictures, in which nothing is read",
        "drawing": "pictures, one of which may be the genogram of the case",
    },
    "EventWay": {
        "half_day": "face to face, over half a day",
        "two_half_days": "face to face, with another half day for a complex case",
        "online": "online in one meeting, with a break",
        "online_series": "online, in a series of smaller meetings",
    },
    "Presence": {
        "came": "came",
        "heard_instead": "did not come, and is heard in a conversation",
        "did_not_come": "did not come, and is not heard",
    },
    "TalkOccasion": {
        "before": "before the event, to prepare it",
        "instead": "in place of the event, to which they cannot come",
        "after": "after the event, to go on with something",
        "no_event": "on its own: the review has no learning event",
    },
    "ParticipantStanding": {
        "invited": "invited, has not declared yet",
        "agreed": "has declared no conflict, and agreed to keep the case confidential",
        "conflict": "has declared a conflict: nothing is shown to them",
        "ended": "access ended",
    },
    "FeedbackAnswer": {
        "changed": "changed in the next version",
        "not_changed": "not changed",
    },
}
PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "DrawUpRequirements": {
        "deliverables": "What the author delivers",
        "milestones": "Milestones",
        "data_handling": "Handling of information",
        "fee": "Fee",
        "answer_by": "Answer by",
        "answer_to": "Answer to",
    },
    "KeyEpisode": {"why": "What is to be learnt from it"},
}
