"""Labels of the duties with a time limit, what starts them, and how they stand."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "ClockId": {
        "K1": "Notify the Panel of the serious incident",
        "K2": "Tell the safeguarding partners, here and in other areas where appropriate",
        "K3": "Tell the Secretary of State and Ofsted of a looked-after child's death",
        "K3b": "Tell the Secretary of State and Ofsted of a care leaver's death, up to age 24",
        "K4": "E-mail the safeguarding partners and the chair; set the meeting date",
        "K5": "Send the scoping form to every relevant agency",
        "K6": "Return the scoping form (each agency)",
        "K7": "Hold the rapid review meeting",
        "K8": "Send the record and letter to the Panel and attendees, the outcome to agencies",
        "K9": "Tell the chair of the review group the decision and proposed model",
        "K10": "Submit the rapid review to the Panel",
        "K11": "Complete and publish the local child safeguarding practice review",
        "K12": "Send the full report to the Panel, Ofsted and the Secretary of State",
        "K13": "Keep the report publicly available until at least this day",
        "K14": "Complete the action",
        "K15": "Look again at keeping the case's papers",
        "extra": "A step for which the partnership sets a time itself",
    },
    "Anchor": {
        "incident": "incident",
        "aware": "awareness",
        "referral": "referral",
        "notification": "notification",
        "meeting": "meeting",
        "decision": "decision",
        "submission": "submission to the Panel",
        "publication": "publication",
        "receipt": "receipt of the scoping form",
        "listing": "listing of the organisation for this case",
        "action": "action",
        "closure": "closure",
    },
    "GuideBeside": {
        "referral": "a referral",
        "recommendation": "a recommendation to the partners",
    },
    "GuideKind": {
        "point": "a point of a test, which can be answered",
        "steer": "a steer, which is only read",
    },
    "PointAnswer": {
        "yes": "yes",
        "no": "no",
        "not_known": "not known",
    },
    "Unit": {
        "working_days": "working days",
        "calendar_days": "calendar days",
        "calendar_months": "calendar months",
        "years": "years",
        "set_date": "date set",
    },
    "Force": {
        "S": "Act or Regulations",
        "SG": "statutory guidance",
        "P": "Panel guidance",
        "L": "local rule",
        "G": "good practice",
    },
    "ClockEnding": {
        "case_closed": "The case was closed.",
        "case_reopened": "The case was reopened.",
        "not_notified": "The local authority decided not to notify (NOT-13).",
        "withdrawn": "The notification was withdrawn with the Panel, so no rapid review is owed.",
        "other_policy": "The policy to which the case was moved has no such step.",
        "urgent_redaction": "An urgent redaction went up at once, and the changed full text goes "
        "to the three bodies the same day. That no notice comes before it is our reading: no "
        "source speaks of it",
        "return_excused": "The agency was excused, with reasons (RR-13).",
        "no_local_review": "The case goes another way than a local review.",
        "day_set_anew": "The day of publication was set anew.",
        "notified_elsewhere": "Another area notified the Panel of the incident: see its "
        "notification in the history.",
        "covered_by_joint_review": "It is covered by the joint review, whose lead's clock counts.",
        "referral_corrected": "The referral was corrected: what the clock counted towards is not "
        "owed",
        "submission_returned": "What was submitted came back: it counts from when it is "
        "sent again.",
        "address_refused": "A second person found that its address is wrong: it is listed again "
        "with another.",
        "not_asked_by_submission": "The rapid review was submitted before it was asked: nobody can "
        "be asked for a scoping return from then on.",
        "led_elsewhere": "Another partnership leads the joint review now: the clock goes on there, "
        "with the same days.",
    },
    "Remark": {
        "clear_days": "{name} counts clear days, which is one day stricter.",
        "tighter_limit": "{name} chose this tighter limit; nationally it is {count}.",
        "rule_version": "{effect}",
        "counted_otherwise": "{name} counts this limit in its own way; nationally the last day is "
        "{day}.",
        "closed_early": "Closed early, {count} working days after notification, to leave time to "
        "submit (K10).",
        "closed_days": "{name} does not count the days on which it is closed; national limits do.",
        "awareness_not_stated": "Not confirmed by the local authority: counted from what others "
        "say of when it was told.",
        "holidays_changed": "Moved from {day}: {name}.",
        "agreed_later": "Moved from {day}: a later day was given to the agency, with a reason that "
        "the history tells.",
        "listed_later": "An organisation that is listed for one case is asked in the time of the "
        "scoping form, counted from being listed: our reading, the framework gives it none.",
        "by_schedule": "Years for a {name}, by the schedule that two people adopted: {count}.",
        "kept_longer": "By its years it would come up on {day}: it is kept longer, for a reason "
        "that is on record.",
        "window_too_late": "The usual first day, {day}, is too late: meet sooner.",
    },
    "HolidayChange": {
        "held": "became a bank holiday",
        "struck_out": "is no bank holiday any more",
    },
    "ClockState": {
        "not_yet_open": "not yet open",
        "running": "running",
        "near": "near its last day",
        "no_date": "no date set yet",
        "unseen": "not found at its address",
        "last_day": "due today",
        "late": "late",
        "met": "met in time",
        "met_too_early": "done too early",
        "met_late": "done late",
        "not_come": "has not come yet",
        "came_later": "came later than expected",
    },
    "GuidedStep": {
        "notifying": "notifying",
        "rapid_review": "the rapid review",
        "local_review": "the local review",
    },
    "LeadArea": {
        "usual_residence": "where the child usually lives",
        "incident": "where the incident took place",
    },
    "CdopRelease": {
        "submission": "when the rapid review is submitted",
        "panel_response": "when the Panel has answered",
    },
}
