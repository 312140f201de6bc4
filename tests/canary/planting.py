"""Canaries in everything that people say: each text of each command holds one of its own.

What is asked for as text is known from the commands' own fields, so a new act and a new question
are planted without being named here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from services.casework.commands import Command, Kind
from services.casework.steps import declaration, report_checked
from services.casework.steps.anonymity.checks import unsettled
from services.casework.steps.joint import answer as joint_answer
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Actor, Role, Seat
from services.web.forms.fields import Question, questions
from tests import factories, joint_factories
from tests.anonymity_factories import justify_hits
from tests.canary.marks import BORN_ON, SHAPED, Marks
from tests.driven import AFTER_CHECK, Act, Driven
from tests.joint import Joint
from tests.sent_out import make_checks
from tests.words import SAID
from tests.world import World, practising, someone_else

C = TypeVar("C", bound=BaseModel)
# Texts with a form of their own, which hold a canary inside it.
INSIDE: dict[str, str] = {"address": "https://reviews.example/{}"}
REFERENCES = frozenset({"duplicate_of", "own_case"})  # they name other cases
# A later act names the same thing in the same words, so it holds the same canary.
SAID_AGAIN = {"post": "post", "invited_as": "post", "theme": "theme"}
# Which addresses they may be, the directory says: none holds other words.
OF_DIRECTORY = frozenset({"Submit.address", "SendByHand.address"})
# An email goes to it, so it stands where the addresses of emails do; an invitation says the place,
# and a place with a child's name in it is refused (decision 0035).
WRITTEN_TO = frozenset(
    {
        "ReportWrongRecipient.address",
        "SetMeeting.place",
        "InviteGuest.email",
        "InviteParticipant.email",
        "ListOrganisation.email",
    }
)
OF_CLOCKS = frozenset({"Sitting.begins", "Sitting.ends"})  # they hold a time of the day
# The name under which a guest acts stands where the names of people do.
AT_WORK = frozenset({"InviteGuest.name", "InviteParticipant.name"})
# What leaves for everybody, or is public, is refused with a day or a number of anybody.
OF_NOBODY = frozenset({"WriteBriefing", "RecordUpdate"})
TEXTS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})


@dataclass
class Planter:
    """Puts canaries into commands; ``also_optional`` fills in texts that may be left out."""

    marks: Marks
    also_optional: bool = True
    places: set[str] = field(default_factory=set)
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def plant(self, command: C) -> C:
        """Return the command with a canary in each text, those of its rows among them."""
        try:
            return self._planted(command, also_optional=self.also_optional)
        except ValidationError:
            return self._planted(command, also_optional=False)

    def without_optional(self) -> "Planter":
        """Return a planter that leaves out what may be left out."""
        return Planter(self.marks, also_optional=False, places=self.places, said=self.said)

    def _planted(self, command: C, *, also_optional: bool) -> C:
        told: dict[str, Any] = command.model_dump()
        for question in questions(type(command)):
            value = getattr(command, question.name)
            if question.kind is Kind.ROWS:
                rows = (self._planted(row, also_optional=also_optional) for row in value)
                told[question.name] = tuple(row.model_dump() for row in rows)
            elif question.kind in TEXTS and not _names_another(command, question):
                if value is not None or also_optional:
                    told[question.name] = self._text(type(command).__name__, question, value)
            elif question.name == "born_on":
                told[question.name] = BORN_ON
        return type(command).model_validate(told)

    def _text(self, of: str, question: Question, value: str | None) -> str:
        place = f"{of}.{question.name}"
        self.places.add(place)
        if question.name in SAID_AGAIN:
            named = (SAID_AGAIN[question.name], value or "")
            return self.said.setdefault(named, f"{self.marks.new(place)} said.")
        canary = self.marks.new(place)
        if question.name in INSIDE:
            return INSIDE[question.name].format(canary)
        is_shaped = question.kind is Kind.LONG_TEXT and of not in OF_NOBODY
        return f"{canary} {SHAPED}" if is_shaped else f"{canary} said."


def _names_another(command: BaseModel, question: Question) -> bool:
    """Tell whether the text names a thing that must be there already, or goes out by email."""
    place = f"{type(command).__name__}.{question.name}"
    return question.name in REFERENCES or place in OF_DIRECTORY | WRITTEN_TO | OF_CLOCKS | AT_WORK


class Planted(Driven):
    """A case carried by acts that all hold canaries."""

    def __init__(
        self,
        world: World,
        planter: Planter,
        command: Command | None = None,
        *,
        all_declare: bool = True,
    ) -> None:
        self.planter = planter
        planted = planter.plant(command or factories.refer())
        super().__init__(world, planted, all_declare=all_declare)

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        """Do one act; where it refuses a text that may be left out, without those.

        What a check finds in the report stays: the canaries in it are shaped as what it looks for.
        """
        if act in AFTER_CHECK or act is sign_off.sign_report:
            self._let_words_stay(when)
        try:
            super().do(act, self.planter.plant(command), who, when, **where)
        except AnswerRefused:
            planted = self.planter.without_optional().plant(command)
            super().do(act, planted, who, when, **where)

    def _let_words_stay(self, when: str) -> None:
        make_checks(self.world, self.case_id, when)
        while hits := self._unsettled(when):
            stay = justify_hits(*hits, family_agreed=SAID)
            self.do(report_checked.justify_hits, stay, Role.REVIEW_GROUP_CHAIR, when)
            make_checks(self.world, self.case_id, when)

    def _unsettled(self, when: str) -> list[UUID]:
        with self.world.act(Role.REVIEW_GROUP_CHAIR, when) as work:
            case = get_case(work.session, self.case_id)
            return [one.id for one in unsettled(work, case) if one.kind.is_waited_for]

    def conflict(self, when: str) -> None:
        """Have somebody declare a conflict, in words."""
        stranger = someone_else(self.world.ours.actor(Role.REVIEW_GROUP_MEMBER))
        command = factories.declare(has_conflict=True, particulars=factories.SAID)
        self.do(declaration.declare, command, stranger, when)


@dataclass
class PlantedJoint(Joint):
    """Two partnerships that come to carry a review together, in words that hold canaries."""

    planter: Planter = field(kw_only=True)
    settles: Callable[[World, CaseId], None] | None = field(kw_only=True, default=None)

    def settle(self, case_id: CaseId | None = None) -> None:
        """Do what the acts have left for the other side, or wait for those who do it."""
        if self.settles is None:
            super().settle(case_id)
        else:
            self.settles(self.world, case_id or self.case_id)

    def __post_init__(self) -> None:
        self.world = practising(self.world, self.when)
        self.driven = Planted(self.world, self.planter).decide().notify()

    def answer(self, case_id: CaseId, answer: JointAnswer, **but: Any) -> None:
        """Answer over there, in words that hold canaries."""
        with self.world.act(self.theirs.actor(Role.REVIEW_GROUP_CHAIR), self.when) as work:
            command = joint_factories.answer_invitation(answer=answer, **but)
            joint_answer.answer_invitation(work, case_id, self.planter.plant(command))
        self.settle(case_id)

    def do_theirs(self, act: Any, case_id: CaseId, command: Any, role: Role) -> None:
        """Do an act over there, in words that hold canaries."""
        super().do_theirs(act, case_id, self.planter.plant(command), role)

    def sign_theirs(self, case_id: CaseId) -> None:
        """Sign the rapid review over there for one seat, in words that are filed on that side."""
        partner = self.theirs.actor(Role.SAFEGUARDING_PARTNER, Seat.POLICE)
        with self.world.act(partner, self.when) as work:
            declaration.declare(work, case_id, factories.declare())
            sign_off.sign_rapid_review(work, case_id, self.planter.plant(factories.sign()))
        self.settle(case_id)


def drive(planter: Planter) -> type[Driven]:
    """Return what the roads drive: a case whose every act is planted."""

    class OfThisRun(Planted):
        def __init__(
            self, world: World, command: Command | None = None, *, all_declare: bool = True
        ) -> None:
            super().__init__(world, planter, command, all_declare=all_declare)

        @classmethod
        def begun(
            cls, world: World, opens: Callable[[World, Command], CaseId], command: Command
        ) -> "Driven":
            case = super().begun(world, opens, planter.plant(command))
            assert isinstance(case, Planted)
            case.planter = planter
            return case

    return OfThisRun
