"""What six partnerships call their own bodies, and what guides their referrals, as published.

No word is guessed.

Beside the sources of `examples.py` they were read on Devon's page of its groups, Kent's of its
frameworks, North Yorkshire's of its review group, and in Derby and Derbyshire's business plan.
"""

from typing import Final

from services.domain.clocks.local_guides import GuideBeside, GuideKind, LocalGuide
from services.domain.labels.own_words import Body, OwnWords

NORTHUMBERLAND: Final[OwnWords] = {
    Body.REVIEW_GROUP: "Safeguarding Practice Review Group",
    Body.EXECUTIVE: "NCASP Executive",
    Body.UNIT: "Secretariat",
}
DEVON: Final[OwnWords] = {
    Body.REVIEW_GROUP: "CSPR Group",
    Body.EXECUTIVE: "Partnership Executive",
}
KENT: Final[OwnWords] = {Body.EXECUTIVE: "Executive Board"}
# A near miss is called so, as the framework calls it; no other word was found.
SOUTH_TYNESIDE: Final[OwnWords] = {}
NORTH_YORKSHIRE: Final[OwnWords] = {
    Body.REVIEW_GROUP: "Safeguarding Practice Review Group",
    Body.EXECUTIVE: "NYSCP Executive",
    Body.BUSINESS_MANAGER: "Partnership Manager",
}
DERBY_AND_DERBYSHIRE: Final[OwnWords] = {Body.EXECUTIVE: "Executive Board"}
KENT_GUIDES: Final = (
    LocalGuide(
        beside=GuideBeside.REFERRAL,
        kind=GuideKind.POINT,
        text="There is learning for the wider safeguarding system.",
    ),
    LocalGuide(
        beside=GuideBeside.REFERRAL,
        kind=GuideKind.POINT,
        text="The Executive Board agrees with the referral.",
    ),
    LocalGuide(
        beside=GuideBeside.REFERRAL,
        kind=GuideKind.STEER,
        text="Life-threatening or life-changing harm is serious; a fracture by itself normally is "
        "not.",
    ),
)
