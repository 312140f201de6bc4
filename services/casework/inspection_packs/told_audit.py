"""Up to where the audit of the partnership is verified, as its page says it."""

from typing import Final

from services.casework.access.audit import verified_chain
from services.casework.inspection_packs.said import PackItem
from services.database import audit
from services.database.unit_of_work import UnitOfWork
from services.domain.inspection import InspectionQuestion
from services.domain.plain_dates import date_and_time

_CHAIN: Final = (
    "Every act, look and sending is a link of a chain, and each link holds the hash of the one "
    "before it, so that nothing is changed or taken out unnoticed."
)


def audit_verified(work: UnitOfWork) -> PackItem:
    """Return the item: the links of the chain, the last whole check, the newest anchor."""
    verified, head = verified_chain(work), audit.head(work.session)
    anchor, check = verified.anchor, verified.check
    checked = "It was not yet checked whole"
    if check is not None:
        found = verified.finding or "Nothing was found wrong."
        checked = f"{date_and_time(check.checked_at)}, up to link {check.up_to}. {found}"
    anchored = "None yet"
    if anchor is not None:
        anchored = f"Link {anchor.seq}, {date_and_time(anchor.anchored_at)}, hash {anchor.hash}"
    return PackItem(
        question=InspectionQuestion.AUDIT,
        title="Up to where the audit is verified",
        paragraphs=(_CHAIN,),
        columns=("What", "How it stands"),
        rows=(
            ("Links of the chain", str(head.seq)),
            ("Verified up to", f"Link {verified.up_to}" if verified.up_to else "No link yet"),
            ("Last whole check", checked),
            ("Newest anchor, kept where nobody changes it", anchored),
        ),
    )
