"""The form of each act on a request for information: its address, its title and its button."""

from dataclasses import dataclass
from typing import Final

from services.casework.information_requests import acts
from services.casework.information_requests.acts import InformationRequestAct


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestForm:
    """One form; its address is the request's own with the name of the act."""

    act: InformationRequestAct
    title: str
    button: str = "Save"


ENTER: Final = InformationRequestForm(
    act=acts.ENTER, title="Enter a request for information or a complaint", button="Enter it"
)
FORMS: Final = (
    InformationRequestForm(
        act=acts.ROUTE, title="Pass it to who holds the information", button="Record and tell them"
    ),
    InformationRequestForm(act=acts.ASK, title="Record what the requester was asked for"),
    InformationRequestForm(act=acts.CAME, title="Record that it came"),
    InformationRequestForm(act=acts.EXTEND, title="Record an extension"),
    InformationRequestForm(act=acts.ACKNOWLEDGE, title="Record that it was acknowledged"),
    InformationRequestForm(act=acts.ENTER_ITEM, title="Enter what was found"),
    InformationRequestForm(
        act=acts.MAKE_PAPER, title="Make the reply paper", button="Make the paper"
    ),
    InformationRequestForm(
        act=acts.ANSWER, title="Record that the reply was sent", button="Save and end"
    ),
    InformationRequestForm(
        act=acts.ANSWER_COMPLAINT, title="Record the answer to the complaint", button="Save and end"
    ),
    InformationRequestForm(act=acts.CLOSE, title="Close the request", button="Close it"),
)
ITEM_FORMS: Final = (
    InformationRequestForm(act=acts.DECIDE_ITEM, title="Decide what becomes of it"),
    InformationRequestForm(act=acts.READ_ITEM, title="Read the decision as the second person"),
)
TITLES: Final = {one.act.name: one.title for one in (*FORMS, *ITEM_FORMS)}
