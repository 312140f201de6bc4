"""The form of each act on an inspection pack: its address, its title and its button."""

from dataclasses import dataclass
from typing import Final

from services.casework.inspection_packs import acts
from services.casework.inspection_packs.acts import InspectionAct


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionForm:
    """One form; its address is the pack's own with the name of the act."""

    act: InspectionAct
    title: str
    button: str = "Save"


OPEN: Final = InspectionForm(
    act=acts.OPEN, title="Open an inspection pack", button="Open it and gather"
)
INCLUDE_ITEMS: Final = InspectionForm(
    act=acts.INCLUDE, title="Include items as they are", button="Include them"
)
FORMS: Final = (
    INCLUDE_ITEMS,
    InspectionForm(act=acts.STATEMENT, title="Add a statement", button="Add it"),
    InspectionForm(act=acts.AGAIN, title="Gather it again", button="Gather it now"),
    InspectionForm(
        act=acts.APPROVE,
        title="Approve the pack",
        button="Approve it and put it to the partner",
    ),
    InspectionForm(act=acts.ANSWER, title="Approve the pack, or say why not"),
    InspectionForm(act=acts.SEND, title="Record that it was sent", button="Record it"),
    InspectionForm(
        act=acts.NOT_RECEIVED, title="Record that it did not arrive", button="Record it"
    ),
    InspectionForm(act=acts.CLOSE, title="Close it without sending it", button="Close it"),
)
ITEM_FORMS: Final = (InspectionForm(act=acts.DECIDE, title="Decide what becomes of the item"),)
TITLES: Final = {one.act.name: one.title for one in (*FORMS, *ITEM_FORMS)}
