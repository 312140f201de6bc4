"""What papers of communications call an answer, by the name of the command and the field."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "AgainstDay": {
        "birthday": "a child's birthday",
        "sibling_birthday": "the birthday of a brother, a sister or somebody else close",
        "incident": "the day of the incident",
        "death": "the day of a death, or of a funeral",
        "hearing": "a trial, an inquest or another hearing",
        "school": "school holidays, or a day that matters at school",
        "election": "the weeks before an election, in which public bodies publish little",
        "holiday": "a holiday or a feast",
        "not_worked": "no working day",
        "too_soon": "too soon for the notice to the Panel, Ofsted and the Secretary of State",
        "past_six_months": "later than the review is to be published",
        "other": "another reason",
    },
    "DayStanding": {
        "clear": "clear",
        "to_avoid": "to be avoided",
        "not_possible": "not possible",
    },
    "CommentingBody": {
        "panel": "the Panel",
        "ofsted": "Ofsted",
        "secretary_of_state": "the Secretary of State",
    },
    "CommentCourse": {
        "text_changed": "the text of the report was changed",
        "taken_up_otherwise": "it is taken up otherwise, such as in the action plan",
        "not_taken_up": "it is not taken up",
    },
    "TextCourse": {
        "sent_again": "it is sent to them again, and the notice runs anew",
        "of_form": "it is a correction of form, which is not sent again",
    },
    "PublishedWhere": {
        "own_address": "at the partnership's own web address",
        "repository_unnamed": "through the NSPCC's repository alone, without the partnership's "
        "name",
    },
    "UpdateKind": {
        "update_report": "a report on what came of the review since",
        "progress_summary": "a summary of progress on its recommendations",
    },
    "StepOwner": {
        "communications_lead": "the communications lead",
        "review_group_chair": "the chair of the review group",
        "lead_reviewer": "the lead reviewer",
    },
    "PublicationStep": {
        "family": "the family is told of the day",
        "practitioners": "senior managers tell practitioners, and support them",
        "partners": "the partners and the agencies are told of the day",
        "pre_send": "the text is sent to the Panel, Ofsted and the Secretary of State",
        "members": "elected members are told",
        "media": "the media are told, and the statement is ready",
        "website": "who runs the website is sent the file",
        "repository": "the report is sent to the NSPCC's repository",
    },
}

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "PlanSaid": {
        "where": "Published",
        "public_name": "Published under the name",
        "publish_on": "To be published on",
        "anonymised": "Anonymised, with no genogram",
        "harm_weighed": "Whom it might harm, and what spares them",
        "why_this_day": "Why this day, which is to be avoided",
        "timetable": "Steps to the day of publication",
        "family_wishes": "The wishes of the family, and how they are taken into account",
        "telling": "Who is told, in which order",
    },
    "WithholdSaid": {
        "reasons": "Compelling circumstances",
        "improvements": "Improvements that should be made",
        "publish_on": "To be published on",
        "why_this_day": "Why this day, which is to be avoided",
        "anonymised": "The information is anonymised",
        "harm_weighed": "Whom it might harm, and what spares them",
    },
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
    "RecordBodyComment": {
        "body": "From",
        "received_on": "Received on",
        "said": "What it says",
        "letter_file": "Its letter",
        "came_how": "How it came",
    },
    "CommentAnswered": {
        "course": "What was done with it",
        "answer": "Answer",
        "all_agree": "All the safeguarding partners agree",
    },
    "ChangeSaid": {
        "changed_by": "Who changed the text",
        "why_changed": "What was changed, and why",
        "course": "Whether the three national bodies are sent it again",
        "why_form": "Why it is no more than a correction of form",
    },
    "StepPlanned": {"owner": "Who sees to it", "whose": "Whose task it is", "by": "By"},
    "RecordPublicationStep": {
        "step": "Step",
        "done_on": "Done on",
        "by_whom": "Done by",
        "whom": "Who was told, or sent it",
        "way": "How",
        "answer": "What they said, and what follows",
    },
    "KeyDays": {
        "against": "What it is",
        "words": "In words",
        "source": "Who says so",
        "standing": "For publication",
    },
    "PlanCommunications": {
        "prepared_with": "Communications leads who prepare it",
        "audiences": "Who is told, in this order",
        "spokespeople": "Spokespeople",
        "media_contact": "The one contact for the media",
        "days": "The day aimed at, and days kept clear of",
        "may_be_said": "What of the case may be said, and why",
        "for_children": "What publication may mean for the children, and their support",
        "for_family": "What it may mean for the family, and their support",
        "for_practitioners": "What it may mean for practitioners, and their support",
        "for_others": "What it may mean for others closely affected",
        "media": "Enquiries of the media",
        "social_media": "Social media",
        "monitoring": "What is watched after publication",
    },
}
