"""The rules on the local review, its people, families and other reviews, in words (1E, 1F, 1J)."""

from typing import Final

# By the id of a rule: the section of the framework, how binding it is, and what it says.
RULES: Final[dict[str, str]] = {
    "LC-01": "7|L|Everybody who takes part declares conflicts of interest and agrees to keep the "
    "case confidential, before they see it.",
    "LC-02": "7|SG|A reviewer has the knowledge and expertise that is needed, and no real or "
    "perceived conflict with the case.",
    "LC-03": "7|L|The review group agrees method, scope and terms of reference and how the author "
    "is appointed; the safeguarding partners endorse them.",
    "LC-06": "7|P|The terms of reference are fixed at the start, come from the rapid review, and "
    "stand in the report with what was amended.",
    "LC-07": "7|P|The key lines of enquiry are few: no more than three or four, the most "
    "important.",
    "LC-08": "7|P|What makes up the identity of the child and family is considered throughout.",
    "LC-09": "7|P|Any further review of the case is a local child safeguarding practice review "
    "and meets its requirements; briefings and events are no reviews.",
    "LC-11": "7|P|The reviewer may request information about the case, policy or procedure from "
    "agencies.",
    "LC-12": "7|L|At the outset the partners decide whether legal advice is required.",
    "LC-13": "7, 12|SG|A local review is completed and published within 6 months of the decision "
    "to initiate it.",
    "LC-14": "7|SG|Any delay is considered as soon as it arises.",
    "LC-15": "7, 12|SG|If publication will take longer than 6 months, the Panel and the Secretary "
    "of State are told with the reason; proceedings are not of themselves one.",
    "LC-16": "7|P|Criminal proceedings never delay a review by themselves: it goes on, or goes on "
    "with only its publication delayed, or is delayed with care.",
    "LC-17": "7|P|Scope and methods are agreed with the police and the Crown Prosecution Service "
    "at the outset.",
    "LC-18": "7|P|That witnesses cannot be spoken to does not stop the work: what is missing is "
    "filled in later.",
    "LC-19": "7|P|Who is worried about publishing before a trial has ended speaks with the "
    "Panel's secretariat.",
    "LC-20": "7|G|Statutory reviews that run at the same time are combined where possible, and a "
    "joint report meets what each requires.",
    "LC-21": "7|L|The review group looks at progress and quality at intervals, and asks the "
    "reviewer for written information.",
    "LC-22": "7|L|The partners agree to any learning that is shared while the review goes on.",
    "LC-23": "9|L|A lead reviewer manages the review, chairs its team, facilitates the workshop "
    "and writes the report; a short, proportionate review may need none.",
    "LC-24": "9|SG|The Panel, Ofsted and the Department for Education are told the name of the "
    "reviewer.",
    "LC-25": "9|L|A complex review has a review team: somebody of each safeguarding partner, and "
    "experts.",
    "LC-26": "9|L|Agencies' reports are scrutinised, and one that falls short goes back for "
    "revision.",
    "LC-27": "9|L|The police representative speaks with the senior investigating officer and the "
    "Crown Prosecution Service, and coordinates family liaison.",
    "LC-28": "11|SG|The method takes the principles of a systems approach into account.",
    "LC-29": "11|L|All agencies that served the family in the period of the terms of reference "
    "are formally asked to take part.",
    "LC-30": "11|L|Each organisation has a safeguarding lead who is its single point of contact.",
    "LC-31": "11|L|Agencies act on requests in time, release practitioners and support the staff "
    "concerned.",
    "LC-32": "11|L|The terms of reference say how information is gathered: by chronology, by "
    "report, or both.",
    "LC-33": "11|L|Agencies send a chronology of their involvement, and may be asked for one of "
    "changes in their organisation.",
    "LC-34": "11|L|No practitioner is named in chronologies and reports: their role and "
    "responsibility is.",
    "LC-35": "11|L|The quality of what agencies send is assured; they are asked for more, or to a "
    "meeting.",
    "LC-36": "11|L|The review team confirms the few key themes, and may share them before the "
    "workshop.",
    "LC-37": "11|L|The agencies say which practitioners had direct involvement and may be invited.",
    "LC-38": "11|L|Invitations to the learning event go out with a briefing and with plenty of "
    "notice.",
    "LC-39": "11|L|The learning event judges practice by what was known at the time, without "
    "hindsight.",
    "LC-40": "11|L|Where a key person cannot attend, a conversation takes its place.",
    "FAM-01": "7, 10|SG|The family, and the child where there is no death, are invited to take "
    "part unless there is a strong reason against it.",
    "FAM-02": "7, 10|L|What support the family needs to take part is found out: interpreters, "
    "specialists, help with a disability.",
    "FAM-03": "7|L|The family is told what to expect, and other investigations are taken into "
    "account.",
    "FAM-04": "10|L|The part of the family is on the agenda of every team meeting.",
    "FAM-05": "10|L|One named person coordinates communication with the family.",
    "FAM-06": "10|L|A full and accurate genogram is shared at meetings, and never published.",
    "FAM-07": "10|L|The planning meeting discusses how the family is involved.",
    "FAM-08": "10|L|Families are approached in person where possible, with a letter or leaflet.",
    "FAM-09": "10|L|Conversations with the family are best held before the learning event.",
    "FAM-10": "10|L|Whoever of the family took no part, the report says why.",
    "FAM-11": "13|L|Where possible the family is shown the final draft and may correct facts of "
    "their personal details.",
    "FAM-12": "13, 15|L|The family's wishes are taken into account in planning publication, and "
    "arrangements are discussed with them.",
    "PAR-01": "Appendix 1|L|Boards of children, adults, community safety and public protection "
    "choose the best process together, and spare the family what is done twice.",
    "PAR-02": "Appendix 1|S|A death from the age of 16 by violence, abuse or neglect in the "
    "household, by a relative or by a partner may need a domestic homicide review as well.",
    "PAR-03": "Appendix 1|L|Where a safeguarding adults review could apply too, it is agreed "
    "which review goes first.",
}
