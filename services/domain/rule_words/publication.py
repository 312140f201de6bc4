"""The rules on the report, its publication and what follows, in words (1H, 1I)."""

from typing import Final

# By the id of a rule: the section of the framework, how binding it is, and what it says.
RULES: Final[dict[str, str]] = {
    "PUB-01": "12|P|Recommendations address both practice and system leadership.",
    "PUB-02": "12|SG|All three safeguarding partners own and sign off the local review and its "
    "action plan.",
    "PUB-04": "12|SG|The report is written so that its publication harms no child and no "
    "vulnerable adult.",
    "PUB-05": "12|L|The report gives an overview and the context.",
    "PUB-06": "12|L|The report says why decisions were taken.",
    "PUB-07": "12|L|The report gives a critique of joint working and its shortcomings.",
    "PUB-08": "12|L|The report says whether the shortcomings are general.",
    "PUB-09": "12|L|The report says what would prevent harm.",
    "PUB-10": "12|L|The report tells of good practice.",
    "PUB-11": "12|L|The report says what must happen for agencies to learn.",
    "PUB-12": "7|SG|The report looks at equality, identity and poverty.",
    "PUB-13": "7|S|The report sums up the improvements that are recommended.",
    "PUB-14": "7|S|The report analyses systemic and underlying reasons.",
    "PUB-15": "12|L|The draft is assured to meet the terms of reference, to be succinct, and to "
    "look to improvement.",
    "PUB-16": "12|L|The report is anonymised, with the least intimate detail and no needless "
    "biography.",
    "PUB-17": "12|P|The report is held against the Panel's ten questions of quality.",
    "PUB-18": "12|L|Recommendations say what is to be done, by whom and by when, and the partners "
    "endorse them before they go into the report.",
    "PUB-19": "14|G|Practitioners who took part may say what they think of the draft before it is "
    "final.",
    "PUB-20": "15|L|Publication and media work are planned with each organisation's "
    "communications lead, from before the partners endorse the report.",
    "PUB-21": "15|L|What publication means for children, family and practitioners is managed, and "
    "days that are hard for them are kept clear of.",
    "PUB-22": "15|L|Senior managers tell their practitioners of the day of publication, and "
    "support them.",
    "PUB-23": "15|L|There is one contact for the media.",
    "PUB-24": "15|S|The report is published unless the partners consider that inappropriate.",
    "PUB-25": "15|S|Where the report is not published, information about improvements is.",
    "PUB-26": "15|SG|The full report goes to the Panel, Ofsted and the Secretary of State no "
    "later than 7 working days before publication.",
    "PUB-27": "15|S|The published report names its reviewers.",
    "PUB-28": "15|L|The report can be downloaded from the partnership's website.",
    "PUB-29": "15|S|The report stays publicly available for at least one year.",
    "PUB-30": "15|G|The report is submitted to the national repository of the NSPCC.",
    "EMB-01": "7, 16|SG|Learning is acted on before a review begins and while it goes on.",
    "EMB-02": "16|L|Before learning is shared during a review, its effect on the family and on "
    "other investigations is weighed.",
    "EMB-03": "7|L|The review group devises an action plan for the recommendations and makes the "
    "findings known.",
    "EMB-04": "7|L|The plan is reviewed regularly, and its implementation overseen.",
    "EMB-05": "7|L|The safeguarding partners finally sign off the plan at the Executive.",
    "EMB-06": "7|L|The partners may ask for an audit or an event of assurance.",
    "EMB-07": "16|L|Improvements are made locally, and a clear plan says how the learning is "
    "shared.",
    "EMB-08": "16|L|Agencies own and fully implement their own recommendations.",
    "EMB-09": "16|L|Progress is audited regularly, and followed up so that improvement is "
    "sustained.",
    "EMB-10": "16|L|The review group looks from time to time at local trends in notifications and "
    "reviews.",
    "EMB-11": "16|L|The review group considers every national review and applies it locally.",
    "EMB-12": "12|P|Leaders lead the change in practice, and are assured that practitioners work "
    "that way.",
}
