"""The time limits, the conditions of a step and our own readings, in words (1K, 2.1, 2.2)."""

from typing import Final

# By the id of a rule: the section of the framework, how binding it is, and what it says.
RULES: Final[dict[str, str]] = {
    "K1": "5|SG|The Panel is notified within 5 working days of awareness.",
    "K2": "5|SG|The safeguarding partners are told within 5 working days of awareness.",
    "K3": "5|SG|The death of a looked-after child is notified within 5 working days of awareness.",
    "K3b": "5|SG|The death of a care leaver up to the age of 24 is notified within 5 working days.",
    "K4": "6|L|The partners are told and the meeting is set within a working day of notification.",
    "K5": "6|L|The scoping forms go out within 2 working days of the referral.",
    "K6": "6|L|Each agency returns its scoping form within 5 working days.",
    "K7": "6|L|The meeting is held from working day 7 to working day 13 of the referral.",
    "K8": "6|L|Record and letter go out within 2 working days of the meeting.",
    "K9": "6|L|The chair of the review group is told within 5 working days of the meeting.",
    "K10": "6|SG|The rapid review is submitted within 15 working days of the notification.",
    "K11": "7, 12|SG|The local review is published within 6 months of the decision.",
    "K12": "15|SG|The report goes ahead 7 working days before its publication.",
    "K13": "15|S|The report stays available for a year.",
    "K14": "16|L|Each action is done by the day that the plan sets.",
    "K15": "|L|The records of a closed case are reviewed when their years have passed.",
    "G1": "5|L|A case is referred once it was held against the definition.",
    "G2": "5|SG|It is notified with the moment of awareness, reasons and partners' views.",
    "G3": "6|L|The meeting pack is accepted once it holds notification, referral and the returns, "
    "or says what is missing, and after a death the minutes.",
    "G4": "6|P|The rapid review is signed off once it is complete, with every criterion answered "
    "and the decision with its grounds.",
    "G5": "6|SG|It is submitted once it is signed off.",
    "G6": "7|L|A local review is commissioned on the review group's advice, with its terms of "
    "reference and a reviewer free of conflict.",
    "G7": "7|L|Nobody sees a case before they have declared their interests and agreed to keep it "
    "confidential.",
    "G8": "11|L|What an agency sends is accepted once it names no practitioner and its analysis "
    "suffices.",
    "G9": "12|L|The report is final once it meets its terms of reference, its content and quality "
    "are assured and its recommendations endorsed.",
    "G10": "15|SG|The report is published once it is anonymised, was sent ahead, and family and "
    "staff were told.",
    "G11": "7|L|A case is closed once every action is completed or its risk accepted, and the "
    "audits that were asked for are in.",
    "E-03": "7||The framework says both completed and published; we count publication.",
    "E-07": "6||The framework names two triggers for setting the day of the meeting.",
    "E-08": "6||The framework says days; we count working days.",
    "E-09": "6||The framework says days; we count working days.",
    "E-10": "7||The framework calls a body by several names; a partnership may choose one.",
    "E-13": "6||National limits count from the notification and local ones from the referral: the "
    "day that keeps both is shown.",
    "E-14": "6||The meeting leaves time to read the returns first.",
}
