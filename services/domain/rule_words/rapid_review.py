"""The rules on the rapid review and the decision that ends it, in words (1C, 1D)."""

from typing import Final

# By the id of a rule: the section of the framework, how binding it is, and what it says.
RULES: Final[dict[str, str]] = {
    "RR-01": "6|SG|A rapid review is undertaken promptly on every notified incident.",
    "RR-05": "6|P|Where there is to be a local review, the conclusion of the rapid review sets "
    "out its key lines of enquiry and questions.",
    "RR-07": "6|P|The record states the child's date of birth, gender, ethnicity and any known "
    "disability.",
    "RR-08": "6|P|The record states the family structure and relevant background.",
    "RR-09": "6|P|The record states the immediate safeguarding arrangements.",
    "RR-10": "6|P|The record states concisely the facts and the context.",
    "RR-11": "6|P|The record states whether the criteria for a local review are met, and why.",
    "RR-12": "6|P|The record states immediate learning and how it will be shared.",
    "RR-13": "6|P|The record states which agencies were involved, and why one that would be "
    "expected is not there.",
    "RR-14": "6|P|The record considers the child's lived experience and voice.",
    "RR-15": "6|P|The record considers race, culture, faith and ethnicity.",
    "RR-16": "6|P|The record considers disability, health and identity.",
    "RR-17": "6|P|The record considers which risk factors were present or absent.",
    "RR-18": "6|P|The record considers relevant national reviews.",
    "RR-19": "6|P|The record considers whether the case is of national significance.",
    "RR-20": "6|P|The record gives the reasons for a local review, and its scope.",
    "RR-21": "6|P|The record tells of good practice to share.",
    "RR-22": "6|P|The record tells of actions for agencies and the partnership.",
    "RR-23": "6|P|Internal referral forms do not go into the record.",
    "RR-24": "6|P|Lengthy chronologies, and events of years back without relevance to the "
    "incident, do not go into the record.",
    "RR-25": "6|P|Minutes of meetings word for word do not go into the record.",
    "RR-26": "6|P|Documents are not embedded in the record: all its text stands in it.",
    "RR-27": "6|P|The record holds enough to serve its purposes, and not so much that it obscures "
    "them.",
    "RR-28": "6|P|Where services cross areas, the partnerships agree which one leads, normally "
    "that in which the child lives.",
    "RR-29": "6|P|The lead considers how the other partnerships join in decisions, and whether "
    "the local review is a joint one.",
    "RR-30": "6|P|A senior representative of each of the three safeguarding partners signs off "
    "the rapid review before it is sent.",
    "RR-31": "6|P|Without a local review the rapid review states how its learning is disseminated "
    "and acted on, with an action plan.",
    "RR-33": "6|P|On its conclusion the partners consider whether and how its learning is shared "
    "with the family.",
    "RR-34": "6|SG|The rapid review is completed and submitted to the Panel within 15 working "
    "days of the notification.",
    "RR-35": "6|P|It may be submitted while significant information is still awaited, rather than "
    "be late.",
    "RR-36": "6|P|Information that comes later may supplement it, and may lead to another "
    "decision.",
    "RR-37": "6|P|If it will be late, the Panel's secretariat is told of the reasons before it is.",
    "RR-39": "6|L|Scoping forms go to all relevant agencies, with a letter, within 2 working days "
    "of the referral.",
    "RR-40": "6|L|Each agency gives the form priority and returns it within 5 working days of its "
    "receipt.",
    "RR-41": "6|L|Each agency secures all its records, which are opened only through a nominated "
    "representative.",
    "RR-42": "6|L|The business manager convenes the meeting, with people who know the work with "
    "the family.",
    "RR-43": "6|L|The day of the meeting is set as soon as the scoping forms are sent, or within "
    "one working day of the notification.",
    "RR-44": "6|L|The meeting is held between 7 and 13 working days after the referral: too early "
    "misses it as well as too late.",
    "RR-45": "6|L|Those who attend have the notification, the referral and the returned forms, "
    "and after a death the minutes of the joint agency response.",
    "RR-46": "6|L|The meeting reviews the facts, immediate safety and learning, and whether "
    "national or local criteria for a review are met.",
    "RR-47": "6|L|Those who attended agree the record by email within 2 working days of the "
    "meeting.",
    "RR-48": "6|L|The chair of the review group, or a deputy, chairs the meeting.",
    "RR-49": "6|L|The completed record goes to the Panel, with a covering letter, and to those "
    "who attended, within 2 working days of the meeting.",
    "RR-50": "6|L|The other agencies, with the one that referred, are told the outcome, and are "
    "not sent the whole review.",
    "RR-51": "6|L|The recommendation is shared with the review group.",
    "RR-52": "6|L|The safeguarding partners and the chair of the review group are told of the "
    "notification within one working day.",
    "RR-53": "6|L|The returned forms are shared with those who attend, together with the referral "
    "and the notification.",
    "RR-54": "6|L|The chair completes the record of the rapid review, and the partners agree its "
    "recommendations.",
    "RR-55": "6|L|The chair of the review group is told the decision, with the model, method and "
    "timescale that are proposed, within 5 days of the meeting.",
    "DEC-01": "7|S|The partners take into account whether the case highlights improvements that "
    "are needed, those found before included.",
    "DEC-02": "7|S|The partners take into account whether themes recur.",
    "DEC-03": "7|S|The partners take into account concerns about how agencies work together.",
    "DEC-04": "7|S|The partners take into account whether the Panel has concluded that a local "
    "review may be more appropriate.",
    "DEC-05": "7|SG|The partners have regard to a concern about a single agency.",
    "DEC-06": "7|SG|The partners have regard to there having been no agency involvement, where "
    "that is a concern.",
    "DEC-07": "7|SG|The partners have regard to there being more than one area, as where a family "
    "has moved.",
    "DEC-08": "7|SG|The partners have regard to whether an institution is concerned.",
    "DEC-09": "7|SG|Institutions are children's homes and other residential settings, custody, "
    "and any detention.",
    "DEC-11": "7|P|For a local review the rapid review gives a clear rationale, the benefit and "
    "the key questions.",
    "DEC-12": "7|P|Where the criteria for notification prove to be no longer met there may still "
    "be a local review, with a clear rationale.",
    "DEC-13": "7|P|A local review finds new learning or tackles problems that persist; it does "
    "not repeat the rapid review.",
    "DEC-14": "7|L|The decision is transparent: its reasons are shared with the partners "
    "concerned and with the family, with the child at the centre.",
}
