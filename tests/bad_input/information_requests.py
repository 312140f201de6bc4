"""The forms about requests for information, each on a request that it may be about."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from services.casework.commands import Command
from services.casework.information_requests import acts, items, reply
from services.casework.information_requests.clock_acts import (
    AcknowledgeComplaint,
    AskRequester,
    ExtendInformationRequest,
    RecordRequesterAnswer,
    ask_requester,
)
from services.casework.information_requests.closing import AnswerComplaint
from services.domain.clocks.request_clocks import AskedOfRequester
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.information_requests import Exemption, ItemDecision
from services.web.forms.fields import questions
from services.web.information_request_forms import (
    ENTER,
    FORMS,
    ITEM_FORMS,
    InformationRequestForm,
)
from tests.appointed import a_post
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form, within
from tests.information_requests import (
    COMPLAINT,
    CONTACT,
    MANAGER,
    a_closing,
    a_request,
    a_route,
    entered,
)
from tests.request_items import settled
from tests.world import at

DAY: Final = date(2026, 1, 20)
NOW: Final = date(2026, 2, 2)
HERE: Final = "/information-requests"
CLARITY: Final = AskedOfRequester.CLARIFICATION
COMMANDS: Final[Mapping[str, Command]] = {
    acts.ENTER.name: a_request(),
    acts.ROUTE.name: a_route(),
    acts.ASK.name: AskRequester(asked=CLARITY, asked_on=DAY, because="It is wide."),
    acts.CAME.name: RecordRequesterAnswer(came_on=DAY, seen="A passport."),
    acts.EXTEND.name: ExtendInformationRequest(length=2, told_on=DAY, reasons="Boxes."),
    acts.ACKNOWLEDGE.name: AcknowledgeComplaint(told_on=DAY, way="By letter."),
    acts.ANSWER_COMPLAINT.name: AnswerComplaint(
        answered_on=DAY, way="By letter.", outcome="Upheld."
    ),
    acts.CLOSE.name: a_closing(ended_on=DAY),
    acts.ENTER_ITEM.name: items.EnterItem(title="Minutes", text="Said by A. Nother."),
    acts.DECIDE_ITEM.name: items.DecideItem(
        decision=ItemDecision.WITHHOLD, exemptions=(Exemption.DPA_SCH2_PARA16,), reasons="Harm."
    ),
    acts.READ_ITEM.name: items.ReadItemDecision(is_agreed=True, remarks="Seen."),
    acts.MAKE_PAPER.name: reply.MakeReplyPaper(opening="Here it is.", names_exemptions=True),
    acts.ANSWER.name: reply.AnswerInformationRequest(answered_on=NOW, way="By post."),
}
OF_COMPLAINTS: Final = frozenset({acts.ACKNOWLEDGE.name, acts.ANSWER_COMPLAINT.name})
NAMES: Final = {"case": "case_id"}


def information_requests(stage: Stage) -> None:
    """Try each form, on a request of its own."""
    stage.now = at("2026-02-02 10:00")
    world = stage.world
    a_post(world, ContactRole.DATA_PROTECTION_OFFICER, OrganisationKind.POLICE)
    manager, contact = (stage.person(world.ours.actor(one)) for one in (MANAGER, CONTACT))
    for asked in (ENTER, *FORMS, *ITEM_FORMS):
        of_form = questions(asked.act.command)
        within_it = "items/{entry_id}" if asked.act.is_of_item else "{entry_id}"
        path = f"{HERE}/enter" if asked is ENTER else f"{HERE}/{within_it}/{asked.act.name}"
        address = path.format(entry_id=_about(stage, asked))
        valid = posted(COMMANDS[asked.act.name], of_form)
        browser = contact if asked.act is acts.READ_ITEM else manager
        form = Form(path, address, browser, valid, of_form)
        form.kept = _on_record(stage, asked, form)
        try_once(stage, form)


def _about(stage: Stage, asked: InformationRequestForm) -> UUID | None:
    """Return a request on which this act may be done."""
    name, world = asked.act.name, stage.world
    if asked is ENTER:
        return None
    if name in OF_COMPLAINTS:
        return entered(world, kind=COMPLAINT)
    if asked.act in {acts.DECIDE_ITEM, acts.READ_ITEM}:
        return settled(world, upto=1 if asked.act is acts.DECIDE_ITEM else 2)[1]
    if asked.act in {acts.MAKE_PAPER, acts.ANSWER}:
        return settled(world, upto=3 if asked.act is acts.MAKE_PAPER else 4)[0]
    request = entered(world)
    if asked.act is acts.CAME:
        with world.act(MANAGER, once=uuid4()) as work:
            ask_requester(work, request, AskRequester(asked=CLARITY, asked_on=DAY, because="Why."))
    return request


def _on_record(stage: Stage, asked: InformationRequestForm, form: Form) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added."""

    def kept(leaf: Leaf) -> object:
        once = UUID(form.hidden["once"][0])
        if asked is ENTER:
            column = NAMES.get(leaf.name, leaf.name)
            ask = f"select {column} from information_requests where id = %s"  # noqa: S608 -- ours
            found = stage.place.ask(ask, once)
            return found[0][0] if found else None
        asked_for = "select words from information_request_steps where id = %s"
        found = stage.place.ask(asked_for, once)
        return within(found[0][0], leaf.name.split("-")) if found else None

    return kept
