"""What papers of communications call an answer, by the name of the command and the field."""

from typing import Final

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "Audience": {
        "audience": "Told",
        "way": "By whom, and how",
        "time": "When",
    },
    "Spokesperson": {"about": "Speaks on"},
    "PublicationRisk": {
        "risk": "What may go wrong",
        "response": "What is done about it",
    },
    "PlanCommunications": {
        "prepared_with": "Communications leads who prepare it",
        "audiences": "Who is told, in this order",
        "spokespeople": "Spokespeople",
        "media_contact": "The one contact for the media",
        "days": "The day aimed at, and days kept clear of",
        "for_children": "What publication may mean for the children, and their support",
        "for_family": "What it may mean for the family, and their support",
        "for_practitioners": "What it may mean for practitioners, and their support",
        "for_others": "What it may mean for others closely affected",
        "media": "Enquiries of the media",
        "social_media": "Social media",
        "monitoring": "What is watched after publication",
    },
}
