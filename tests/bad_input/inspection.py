"""The forms about inspection packs, each on a pack that it may be about."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from services.casework.commands import Command
from services.casework.inspection_packs import acts, said
from services.casework.inspection_packs.opening import add_statement
from services.domain.inspection import PackItemDecision
from services.domain.roles import Seat
from services.web.forms.fields import questions
from services.web.inspection_forms import FORMS, INCLUDE_ITEMS, ITEM_FORMS, OPEN, InspectionForm
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form, within
from tests.inspection_packs import (
    MANAGER,
    a_pack,
    a_sending,
    approved,
    inspectorate,
    opened,
    pack_now,
    pack_sent,
)
from tests.world import at

DAY: Final = date(2026, 2, 2)
HERE: Final = "/inspection-packs"
COMMANDS: Final[Mapping[str, Command]] = {
    acts.STATEMENT.name: said.AddStatement(title="Context", text="It was so."),
    acts.AGAIN.name: said.GatherAgain(reasons="A week has passed."),
    acts.APPROVE.name: said.ApprovePack(is_right=True, remarks="Read it by Friday."),
    acts.ANSWER.name: said.AnswerPack(is_approved=False, reasons="Not yet."),
    acts.SEND.name: a_sending(),
    acts.NOT_RECEIVED.name: said.RecordPackNotReceived(known_on=DAY, reasons="They rang."),
    acts.CLOSE.name: said.ClosePack(reasons="Asked for no more."),
    acts.DECIDE.name: said.DecidePackItem(
        decision=PackItemDecision.REDACT,
        passages=(said.LeftOutPassage(passage="A. Nother"),),
        reasons="They would be known by it.",
    ),
}
# How far a pack is carried for the form to be open on it; the rest are open from the beginning.
UPTO: Final = {acts.APPROVE: 1, acts.ANSWER: 2, acts.SEND: 3}


def inspection_packs(stage: Stage) -> None:
    """Try each form, on a pack of its own."""
    stage.now = at("2026-02-02 10:00")
    world = stage.world
    body = inspectorate(world)
    manager, partner = (
        stage.person(one) for one in (world.ours.actor(MANAGER), world.ours.partner(Seat.POLICE))
    )
    for asked in (OPEN, *FORMS, *ITEM_FORMS):
        of_form = questions(asked.act.command)
        within_it = "items/{entry_id}" if asked.act.is_of_item else "{entry_id}"
        path = f"{HERE}/open" if asked is OPEN else f"{HERE}/{within_it}/{asked.act.name}"
        about = None if asked is OPEN else _about(stage, asked)
        valid = posted(_command(stage, asked, body, about), of_form)
        browser = partner if asked.act is acts.ANSWER else manager
        form = Form(path, path.format(entry_id=about), browser, valid, of_form)
        form.kept = _on_record(stage, form)
        try_once(stage, form)


def _command(stage: Stage, asked: InspectionForm, body: UUID, about: UUID | None) -> Command:
    if asked is OPEN:
        return a_pack(body, replaces=_reference(stage, opened(stage.world)))
    if asked is INCLUDE_ITEMS and about is not None:
        items = tuple(one.step.id for one in pack_now(stage.world, about).items)
        return said.IncludePackItems(items=items, has_read=True)
    return COMMANDS[asked.act.name]


def _reference(stage: Stage, pack: UUID) -> str:
    return pack_now(stage.world, pack).opened.reference


def _about(stage: Stage, asked: InspectionForm) -> UUID:
    """Return a pack on which this act may be done, or an item of one."""
    world = stage.world
    if asked.act is acts.NOT_RECEIVED:
        return pack_sent(world)
    if asked.act in UPTO:
        return approved(world, upto=UPTO[asked.act])
    pack, item = opened(world), uuid4()
    if asked.act is not acts.DECIDE:
        return pack
    with world.act(MANAGER, "2026-02-02", once=item) as work:
        add_statement(work, pack, said.AddStatement(title="Context", text="Said by A. Nother."))
    return item


def _on_record(stage: Stage, form: Form) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added."""

    def kept(leaf: Leaf) -> object:
        once = UUID(form.hidden["once"][0])
        found = stage.place.ask("select words from inspection_steps where id = %s", once)
        return within(found[0][0], leaf.name.split("-")) if found else None

    return kept
