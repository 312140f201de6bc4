"""Published procedures of six partnerships, as policies: examples to begin with, and no law (5A).

Each was read in what the partnership publishes and is said as far as a policy can say it. What a
policy cannot say stands beside it, with why. None is a partnership of this installation, and none
was asked: a partnership that begins with one reads it, changes it, and two people apply it.
"""

from collections.abc import Mapping
from typing import Final

from services.domain.clocks import published_words
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.published_procedure import PolicyExample, Unsaid
from services.domain.clocks.rules import Anchor, ClockId, Unit
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.recipients import Recipient


def _steps(*steps: ExtraClock) -> dict[str, ExtraClock]:
    return {one.code: one for one in steps}


_LONGER_WITHOUT_NOTICE: Final = Unsaid(
    what="A local review of a case that is not notified runs on a slightly longer timescale.",
    why="The procedure names no days, and a local child safeguarding practice review is completed "
    "and published within six months whatever opened it. A review that takes longer records its "
    "delay with the reason.",
)
_GUIDES_ONLY: Final = (
    "Local tests and steers guide a referral or a recommendation. None may stop, delay or answer "
    "beforehand the local authority's decision to notify, or a rapid review after a notification."
)

NORTHUMBERLAND: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="Northumberland, as published",
        version="2023-03",
        own_words=published_words.NORTHUMBERLAND,
    ),
    source="The framework of March 2023 from which the rules of this product are read.",
    said=(
        "Scoping forms are sent within 2 working days of the referral and come back within 5.",
        "The rapid review meeting is held 7 to 13 working days after the referral.",
        "The record and letter follow the meeting within 2 working days.",
        "The chair of the review group chairs the meeting.",
        "Papers are kept for 35 years after closure.",
    ),
    unsaid=(
        Unsaid(
            what="Child protection records of a looked-after child are kept for 75 years from "
            "birth, and for 100 years after an adoption order.",
            why="These are the council's records of the child. The record of a review is kept by "
            "how far the case went, from its closure, and is looked at again before it goes: one "
            "that must stay longer is kept longer with a reason.",
        ),
    ),
)

DEVON: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="Devon, as published",
        version="flowchart",
        lengths={ClockId.K5: 0, ClockId.K6: 9, ClockId.K8: 3},
        own_words=published_words.DEVON,
        window_opens=9,
        window_closes=11,
        counted_otherwise={
            ClockId.K1: OtherCount(anchor=Anchor.INCIDENT, length=5, unit=Unit.WORKING_DAYS)
        },
        extra_clocks=_steps(
            ExtraClock(
                code="copy",
                name="Copy the notification to the partnership's team",
                anchor=Anchor.NOTIFICATION,
                length=1,
                tells=(Recipient.DECISION_MAKER,),
            ),
            ExtraClock(
                code="progress_meeting",
                name="Hold the progress meeting while the agencies write",
                anchor=Anchor.NOTIFICATION,
                opens=2,
                length=10,
                warn=(8,),
                tells=(Recipient.CHAIR,),
            ),
            ExtraClock(
                code="partners_sign",
                name="The safeguarding partners sign the rapid review",
                anchor=Anchor.NOTIFICATION,
                opens=12,
                length=15,
                warn=(13,),
                tells=(Recipient.PARTNERS,),
            ),
            ExtraClock(
                code="executive_huddle",
                name="Executive huddle",
                anchor=Anchor.NOTIFICATION,
                opens=14,
                length=14,
                tells=(Recipient.EXECUTIVE,),
                is_meeting=True,
            ),
        ),
    ),
    source="The rapid review flowcharts of the Devon partnership, the present one and an older.",
    said=(
        "The notification is working day 0, as every limit here counts.",
        "The copy of the notification on day 1 is entered as the referral: letters go out then.",
        "Summaries come back 9 working days later, on day 10.",
        "The panel meets 9 to 11 working days after that referral, on days 10 to 12.",
        "The record follows within 3 working days, so that the partners sign by day 15.",
        "The authority notifies within 5 working days of the incident.",
        "Where it knew later than that, the national count from its awareness holds.",
        "The copy, the progress meeting, the signing and the huddle are steps of its own.",
        "Of the huddle it is kept who met and what they advised, beside the partners' decision.",
    ),
    unsaid=(
        Unsaid(
            what="The copy of the notification acts as the referral by itself.",
            why="A case begins with a person who enters what is known of the children. The manager "
            "enters the referral on the day of the copy, and its days then count as published.",
        ),
        Unsaid(
            what="The notification says whether the threshold of a rapid review is met.",
            why="The partners decide that after the notification, by the criteria; the authority's "
            "notification is no place in which it is answered beforehand.",
        ),
        Unsaid(
            what="The older flowchart sends the agencies' summary on working day 16.",
            why="The rapid review is submitted within 15 working days of the notification. No "
            "policy can be later than that.",
        ),
    ),
)

KENT: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="Kent, as published",
        version="process page",
        panel_answer_within=10,
        own_words=published_words.KENT,
        guides=published_words.KENT_GUIDES,
    ),
    source="The pages of the Kent partnership on its review process and on making a referral.",
    said=(
        "The Panel's answer is expected within about ten days after the submission.",
        "Ten working days after it there is a reminder, and no breach.",
        "Media interest is asked for with the referral.",
        (
            "The executive's agreement and wider learning are points of its test of five: they "
            "stand beside the referral, and can be answered there."
        ),
        (
            "So does its steer on what is serious: life-threatening or life-changing harm is, a "
            "fracture by itself normally is not. The definition is the national one all the same."
        ),
    ),
    unsaid=(
        Unsaid(
            what="A referral passes only where each of the five points is answered yes.",
            why=_GUIDES_ONLY,
        ),
        Unsaid(
            what="The other three points of the test.",
            why="Their words were not found where the rest was read. Who begins with this "
            "procedure writes them beside the two on the form of the policy.",
        ),
        Unsaid(
            what="Where the media are interested, one telephones first.",
            why="A telephone call leaves nothing here by itself; whoever rang writes a note.",
        ),
    ),
)

SOUTH_TYNESIDE: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="South Tyneside, as published",
        version="procedure",
        extra_clocks=_steps(
            ExtraClock(
                code="partners_meet",
                name="The three partners meet on the referral",
                anchor=Anchor.REFERRAL,
                length=1,
                warn=(0,),
                tells=(Recipient.PARTNERS, Recipient.DECISION_MAKER),
                is_meeting=True,
            )
        ),
    ),
    source="The procedure of the South Tyneside partnership on serious incidents.",
    said=(
        (
            "The three partners meet within one working day of the referral: a step of its own, of "
            "which it is kept who met and what they advised, beside the decision to notify."
        ),
        "A near miss is asked for as a local review without a notification.",
    ),
    unsaid=(
        Unsaid(
            what="The three partners decide together at that meeting whether it is notified.",
            why="The local authority alone decides to notify. The partners give their views, and "
            "the authority's decision waits for none of them.",
        ),
        Unsaid(
            what="Who meets, by post: the director of children's services, the director of nursing "
            "of the integrated care board, the chief superintendent.",
            why="Who is a delegated partner stands in the directory with their posts, and changes "
            "without a new policy.",
        ),
    ),
)

NORTH_YORKSHIRE: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="North Yorkshire, as published",
        version="process page",
        sharing=SharingPolicy(scrutineer_copied=True),
        own_words=published_words.NORTH_YORKSHIRE,
        extra_clocks=_steps(
            ExtraClock(
                code="tell_scrutineer",
                name="Tell the independent scrutineer of the notification",
                anchor=Anchor.NOTIFICATION,
                length=1,
                warn=(0,),
                tells=(Recipient.BUSINESS_MANAGER, Recipient.SCRUTINEER),
            )
        ),
    ),
    source="The rapid review process page of the North Yorkshire partnership.",
    said=(
        (
            "The independent scrutineer has a copy of the notice that a case is notified, and the "
            "business manager tells them as well: a step of its own on the day after."
        ),
        "A case that is not notified can have a local review: it is asked for by itself.",
        "A care leaver's death is told with the other deaths, within the same five working days.",
    ),
    unsaid=(
        _LONGER_WITHOUT_NOTICE,
        Unsaid(
            what="The death of a care leaver is told on a form like that of a child's death.",
            why="The form goes to the national bodies by their own service. What it asks is "
            "gathered here on one sheet, in the order of that service.",
        ),
    ),
)

DERBY_AND_DERBYSHIRE: Final = PolicyExample(
    policy=PartnershipPolicy(
        name="Derby and Derbyshire, as published",
        version="arrangements",
        own_words=published_words.DERBY_AND_DERBYSHIRE,
    ),
    source="The arrangements and published reports of the Derby and Derbyshire partnership.",
    said=("The limits of the framework hold: no days of its own were found.",),
    unsaid=(
        Unsaid(
            what="Two councils are one partnership, and both sign.",
            why="That is no choice of a policy: a partnership is founded with its authorities, "
            "each with a seat, and each then decides and signs for itself.",
        ),
        Unsaid(
            what="One review of two children of two families in two areas.",
            why="A case here is one incident, as the limits count from one notification and one "
            "decision. Two incidents are two cases, reviewed side by side.",
        ),
        Unsaid(
            what="A report is published with a summary of the progress made since.",
            why="No limit hangs on it. The summary is a file that goes with the report.",
        ),
    ),
)

EXAMPLES: Final[Mapping[str, PolicyExample]] = {
    "northumberland": NORTHUMBERLAND,
    "devon": DEVON,
    "kent": KENT,
    "south-tyneside": SOUTH_TYNESIDE,
    "north-yorkshire": NORTH_YORKSHIRE,
    "derby-and-derbyshire": DERBY_AND_DERBYSHIRE,
}
