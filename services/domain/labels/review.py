"""Labels of what is weighed and signed, what is asked of agencies, and how actions stand."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "TeamMeetingKind": {
        "planning": "a planning meeting, while the review is set up",
        "review_team": "a meeting of the review team",
    },
    "ReviewMethod": {
        "systems_workshop": "a systems review with a workshop of practitioners",
        "proportionate": "a shorter, proportionate review",
        "other": "another method, as told below",
    },
    "ReviewerCapacity": {
        "lead": "a lead reviewer, who is commissioned",
        "local": "a reviewer of the local network: no lead reviewer is commissioned",
    },
    "HandedWay": {
        "email": "by email",
        "post": "by post",
        "in_person": "in person",
        "advertised": "by an advertisement that they answered",
    },
    "CandidateAnswer": {
        "awaited": "they have not answered yet",
        "interested": "they would carry it out",
        "declines": "they decline",
        "conflict": "they have a conflict of interest",
    },
    "KeyLineNumber": {
        "first": "the first key line",
        "second": "the second key line",
        "third": "the third key line",
        "fourth": "the fourth key line",
        "fifth": "the fifth key line",
    },
    "ReportJudgement": {
        "accepted": "accepted: its analysis is sufficient",
        "returned": "returned for more",
        "left": "neither yet: it goes on waiting",
    },
    "GapEnding": {
        "filled": "it is filled",
        "stands_without": "the report stands without it, and says so",
    },
    "MustConsider": {
        "improvements": "highlights improvements needed, including ones identified before",
        "recurrent": "highlights recurrent themes",
        "working_together": "raises concerns about how two or more agencies worked together",
        "panel_prefers_local": "the Panel concluded that a local review may be more appropriate",
    },
    "HaveRegardTo": {
        "single_agency": "raises concern about the actions of a single agency",
        "no_agency": "no agency was involved, and that is itself a concern",
        "several_areas": "more than one local authority, police or ICB area, or a family "
        "that moved",
        "institution": "may raise issues about safeguarding in an institutional setting",
    },
    "NotificationCriterion": {
        "abuse": "abuse or neglect of the child is known or suspected",
        "harm": "the child has died or been seriously harmed",
        "child": "it happened to somebody under 18",
        "area": "it happened in the area of the local authority, or outside England to a child who "
        "normally lives there",
    },
    "InstitutionalSetting": {
        "childrens_home": "a children's home",
        "secure_childrens_home": "a secure children's home",
        "other_residential": "another setting with residential provision for children",
        "police_custody": "police custody",
        "young_offender_institution": "a young offender institution",
        "secure_training_centre": "a secure training centre",
        "other_custody": "another custodial setting",
        "mental_health_act": "detention under the Mental Health Act 1983",
        "mental_capacity_act": "detention under the Mental Capacity Act 2005",
        "other_detention": "another setting in which a child is detained",
    },
    "LearningSought": {
        "new": "new learning that is not yet available here",
        "perennial": "a perennial problem that needs further or different attention",
        "in_more_detail": "learning of the rapid review, explored in more detail",
    },
    "PendingKind": {
        "toxicology": "toxicology",
        "charges": "criminal charges",
        "prognosis": "a prognosis",
        "other": "other information",
    },
    "DialogueResult": {
        "new_version": "a way forward was agreed: a new version is put to every partner",
        "not_resolved": "it is not resolved: each partner's named lead may replace the position of "
        "their own delegate",
    },
    "PendingStanding": {
        "still_awaited": "it is still awaited",
        "no_longer_awaited": "it is no longer awaited",
    },
    "OverseenMatter": {
        "terms": "the scope and the terms of reference",
        "methodology": "the methodology",
        "author": "how an independent author is appointed, or contributions are made from across "
        "the local network, and their independence",
        "timescale": "the timescale",
        "progress": "the progress and the quality of the review",
    },
    "AdviceOnTerms": {
        "endorse": "the partners should endorse them as they stand",
        "change_first": "they are to be changed first, and considered again",
    },
    "QualityQuestion": {
        "scope": "the rationale for the scope, its focus and key lines of enquiry are clear",
        "method": "the method fits and is explained",
        "daily_life": "the child's daily life comes through",
        "identity": "race, ethnicity, disability and discrimination are considered",
        "intersection": "how these come together is considered",
        "context": "the context in which people worked is described",
        "analysis": "the analysis goes deep enough to say why",
        "learning": "learning, recommendations and plans follow from it",
        "structure": "it is timely, well structured, independent and of a fitting length",
        "implications": "local and national implications are drawn",
    },
    "RequestOccasion": {
        "near_miss": "a near miss: serious harm was close, and did not come about",
        "poor_practice": "practice that should have been better",
        "good_practice": "good practice to learn from",
        "other": "something else of importance for the local area",
    },
    "RequestDecision": {
        "local_review": "commission a local child safeguarding practice review (LCSPR)",
        "notification": "it may have to be notified: have it referred as a serious incident",
        "no_review": "no review: share the learning, if there is any",
    },
    "SignOffMatter": {
        "review_request": "the request for a local review",
        "rapid_review": "the rapid review",
        "terms_of_reference": "the terms of reference",
        "interim_learning": "the learning that is shared before the report",
        "recommendations": "the recommendations of the review",
        "report": "the report and its recommendations",
        "publication": "publication",
        "taking_down": "whether the published report is taken down, or published again",
        "proposed_plan": "the action plan, before it is in force",
        "action_plan": "the completed action plan",
    },
    "AnswerToRecord": {
        "agrees": "I agree the record",
        "asks_for_correction": "I ask for a correction",
    },
    "CorrectionCourse": {
        "corrected": "corrected, in the newest version",
        "not_corrected": "not corrected",
    },
    "MustNotHold": {
        "referral_form": "what looks like an internal form",
        "long_chronology": "a lengthy chronology",
        "years_back": "events of years back",
        "verbatim_minutes": "what reads as verbatim minutes",
        "embedded_document": "what points to an embedded or attached document",
    },
    "RecordStanding": {
        "asked": "has still to answer",
        "agreed": "agrees the record",
        "request_open": "asks for a correction: not answered yet",
        "request_answered": "asked for a correction: answered",
        "not_answered": "did not answer",
    },
    "Position": {
        "agrees": "agrees",
        "agrees_with_comments": "agrees, with comments",
        "disagrees": "disagrees",
    },
    "ListedKind": {
        "gp_practice": "GP practice",
        "school": "school or college",
        "early_years": "nursery or other early years setting",
        "health_provider": "other provider of health care",
        "housing": "housing provider",
        "voluntary": "voluntary or community organisation",
        "other": "another organisation",
    },
    "Asked": {
        "scoping_return": "scoping return",
        "report": "agency report",
    },
    "DateCertainty": {
        "certain": "certain",
        "about": "about then",
        "month": "only the month is certain",
        "year": "only the year is certain",
    },
    "ChildSeen": {
        "seen": "seen",
        "heard": "heard",
        "seen_and_heard": "seen and heard",
        "neither": "neither seen nor heard",
        "not_recorded": "not recorded",
    },
    "SourceKind": {
        "case_record": "case record",
        "assessment": "assessment or report",
        "minutes": "minutes of a meeting",
        "correspondence": "letter or email",
        "log": "log of calls or visits",
        "recollection": "recollection of staff",
        "other": "another kind of source",
    },
    "Conflict": {
        "seen_and_not": "seen by one, not seen by the other",
        "other_account": "another account of this day",
        "day_uncertain": "perhaps the same event: the day of one is not certain",
    },
    "StandingRows": {
        "stay": "they stay, and the rows of the file come beside them",
        "replaced": "the rows of the file take their place",
    },
    "WantedItem": {
        "chronology": "a chronology of its involvement",
        "organisational_changes": "a chronology of changes in the organisation that may have "
        "affected frontline practice",
        "information_report": "an information report, analysed against the key lines of enquiry",
        "policies": "the policies and procedures that applied",
        "participants": "which practitioners may be invited to the learning event",
    },
    "Answered": {
        "asked": "asked",
        "unconfirmed": "received, not yet confirmed",
        "received": "received",
        "sent_back": "sent back for more",
        "accepted": "accepted",
        "excused": "not expected, with the reason recorded",
    },
    "ReturnSource": {"email": "by email", "telephone": "by telephone"},
    "Rung": {
        "review_group": "referred to the review group",
        "strategic_lead": "taken up with its strategic lead",
        "partners": "put to the safeguarding partners",
        "formal_action": "formal action by the safeguarding partners",
    },
    "Progress": {
        "open": "open",
        "complete": "complete, with evidence",
        "risk_accepted": "not done: the partners accept the risk",
    },
}

PAPER_TITLES: Final[dict[str, dict[str, str]]] = {
    "AskForProgress": {"asked": "Asked", "by_when": "Asked for by"},
    "ProgressReported": {
        "in_time": "Publication expected by the last day",
        "next_on": "Next report",
    },
    "ProgressSaid": {
        "done": "Done since the last time",
        "quality": "How it meets the terms of reference so far",
        "obstacles": "What stands in its way",
        "timescale": "When there will be a draft",
    },
    "DelayRecorded": {
        "considered_by": "Considered by",
        "considered_on": "Considered on",
        "due_on": "The last day for publication",
        "told": "Told to the Panel and to the Secretary of State",
    },
    "DelaySaid": {
        "arose_on": "The delay arose on",
        "group_on": "Considered by the review group on",
        "partners_on": "Considered by the safeguarding partners on",
        "why_later": "Why not on the day on which it arose",
        "discussed": "Discussed with the Panel",
        "course": "What the partners do",
        "reasons": "Reasons",
        "learning": "Learning that is acted on meanwhile",
        "overlap": "Overlap by key line of enquiry",
        "expected_on": "Publication now expected",
    },
}
"""What papers call the answers about progress and delay (`papers.py`)."""
