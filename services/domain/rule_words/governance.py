"""The rules on who answers for what, on notifying, and on information, in words (1A, 1B, 1G)."""

from typing import Final

# By the id of a rule: the section of the framework, how binding it is, and what it says.
RULES: Final[dict[str, str]] = {
    "GOV-01": "1|L|Every partner agency follows the framework of the partnership.",
    "GOV-02": "1|L|Who holds which role in a review stands in a register, with its dates.",
    "GOV-03": "2|SG|The framework is read with the national guidance in force.",
    "GOV-05": "2|L|When a child dies, the guidance on child death reviews is followed as well.",
    "GOV-06": "2|L|The child death overview panel may gather information, but reaches its final "
    "view only after the rapid review or local review is concluded.",
    "GOV-07": "3|L|The review group chooses the most suitable method for each review.",
    "GOV-10": "4|SG|The local authority answers for the notification, and the three safeguarding "
    "partners together for the rapid review and everything after it.",
    "GOV-11": "4|SG|A senior representative of each safeguarding partner agrees whether there is "
    "a local review, its recommendations, and the action plan: one agreement each.",
    "GOV-12": "4, 7|SG|Whoever decides for a safeguarding partner is named, is able to decide for "
    "it, and is clearly accountable to it.",
    "GOV-13": "7|P|The independent scrutineer's view is valuable, and does not take the place of "
    "the partners' own responsibility.",
    "GOV-14": "7|P|The Panel may question a decision, and cannot require a local review: the "
    "decision is always local.",
    "GOV-15": "7|L|The review group is convened when a serious incident is referred; it carries "
    "the rapid review and oversees the local review.",
    "GOV-16": "7|L|Every decision on commissioning or publication goes to the Panel, the "
    "Department for Education and Ofsted.",
    "GOV-17": "7|L|If the Panel disagrees with a rapid review or a decision on publication, the "
    "partners may challenge that, above all with new information.",
    "GOV-18": "7|L|The last step of approval is the presentation of the report, its findings and "
    "learning to the safeguarding partners.",
    "NOT-01": "5|S|The local authority notifies the Panel where it knows or suspects abuse or "
    "neglect and a child has died or been seriously harmed in its area.",
    "NOT-02": "5|S|It also notifies where a child who normally lives in its area has died or been "
    "seriously harmed outside England.",
    "NOT-03": "5|SG|The notification is made within 5 working days of the local authority "
    "becoming aware of the incident.",
    "NOT-04": "5|SG|The local authority tells the safeguarding partners of its area, and of other "
    "areas where that is right, within the same 5 working days.",
    "NOT-05": "5|SG|The death of a looked-after child is notified to the Secretary of State and "
    "Ofsted whether or not abuse or neglect is known or suspected.",
    "NOT-07": "5|P|The local authority has enough people registered and available to notify in "
    "time, at holidays too.",
    "NOT-08": "5|P|The local authority keeps track of information from which a notification may "
    "follow, so that nothing is missed.",
    "NOT-10": "5|P|Another agency that becomes aware of a possible notifiable incident discusses "
    "it with the local authority.",
    "NOT-12": "5|P|Partners who disagree on notifying talk to each other; the independent "
    "scrutineer may help.",
    "NOT-13": "5|SG|The final decision to notify is the local authority's alone.",
    "NOT-14": "5|L|Any professional identifies a case in which abuse or neglect is known or "
    "suspected and a child has died or been seriously harmed.",
    "NOT-15": "5|L|The professional discusses it with the safeguarding lead of the agency, who "
    "consults a representative of the safeguarding partners.",
    "NOT-16": "5|L|A local referral goes to the business manager and to the chair of the review "
    "group.",
    "NOT-17": "6|G|At notification it is considered whether and how the family is told of it.",
    "NOT-21": "7|SG|Whether harm is serious is judged by what is likely in the long term; that a "
    "child recovers does not make it less serious.",
    "NOT-23": "7|L|An agency may ask for a local review of a matter of local importance, of poor "
    "or good practice, that is not notified.",
    "NOT-24": "7|L|The three safeguarding partners are told of such a request, and consider "
    "whether the incident is to be notified.",
    "NOT-25": "7|L|Once an incident is notified the review group recommends whether there is a "
    "local review, and the partners agree their answer.",
    "INF-01": "8|S|The safeguarding partners may formally request information for a review, and "
    "may go to law where it is withheld without good reason.",
    "INF-04": "8|SG|Whoever asks for information considers information law, with regard to the "
    "guidance of the Information Commissioner's Office.",
    "INF-06": "8|L|Where an agency does not answer, the matter goes to the review group, then to "
    "the agency's strategic safeguarding lead, then to the partners for formal action.",
}
