"""Learning that is shared while a review goes on: agreed by the partners first (LC-22, EMB-02).

In a joint review the partners of each partnership that decides with us are asked as well. It stands
in the section of the draft report, of which it is an early part: who signs the one reads the other.
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoices, Command, Day, LongText
from services.casework.effects import close_todos, open_todo
from services.casework.steps.rounds.agreed_words import agreed_words
from services.casework.steps.rounds.sign_off_rounds import all_agree, invite, round_of
from services.database.cases import Case
from services.database.history import last_entry, last_fact
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date

_MATTER = SignOffMatter.INTERIM_LEARNING


class ProposeInterimLearning(Command):
    """Learning that should not wait for the report, put to the partners (LC-22).

    What is put while another waits takes its place: say all of it that is still to be agreed.
    """

    learning: LongText = Field(title="What was learnt?", description="In words that may be shared.")
    why_now: LongText = Field(title="Why does it not wait for the report?")
    agencies: AgencyChoices = Field(title="With which agencies is it shared?")
    how: LongText = Field(title="How, and with whom in them?")
    weighed: LongText = Field(
        title="What may it mean for the family and for other investigations? (EMB-02)"
    )


def propose_interim_learning(
    work: UnitOfWork, case_id: CaseId, command: ProposeInterimLearning
) -> Case:
    """Put learning to the partners; with it they read how the review goes on (LC-22).

    What they agreed to before is on record as shared first: it would be lost beside what is put.
    """
    case = begin(work, case_id, PROPOSE_INTERIM_LEARNING, command)
    if may_be_shared(work, case):
        raise StepNotOpen(
            "The partners agreed to learning before: record first how that was shared (LC-22)."
        )
    if not command.agencies:
        raise AnswerRefused("agencies", "Choose at least one agency.")
    for agency in command.agencies:
        agency_on(work.session, case.id, agency)
    record_entry(work, case, PROPOSE_INTERIM_LEARNING, command)
    close_todos(work, case, Todo.PROPOSE_INTERIM_LEARNING, Todo.SHARE_INTERIM_LEARNING)
    invite(work, case, _MATTER)
    return case


PROPOSE_INTERIM_LEARNING = Act(
    name="propose_interim_learning",
    command=ProposeInterimLearning,
    perform=propose_interim_learning,
    permission=Permission.JUDGE_REPORTS,
    doing="put learning to the partners before it is shared",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.INTERIM_LEARNING_PROPOSED,
    todo=Todo.PROPOSE_INTERIM_LEARNING,
    shows=(EntryType.TEAM_MET,),
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
    is_joint=True,
)


class ShareInterimLearning(Command):
    """That learning on which the partners agreed was shared (LC-22)."""

    shared_on: Day = Field(title="When was it shared?")
    how: LongText = Field(title="How, and with whom?")
    came_of_it: LongText = Field(title="What was asked or done about it?")


def share_interim_learning(
    work: UnitOfWork, case_id: CaseId, command: ShareInterimLearning
) -> Case:
    """Keep how learning was shared, once every partner has agreed to that (LC-22)."""
    case = begin(work, case_id, SHARE_INTERIM_LEARNING, command)
    if command.shared_on > work.today:
        raise AnswerRefused("shared_on", "Enter a day that is not in the future.")
    if not may_be_shared(work, case):
        raise StepNotOpen(
            "Learning is shared while a review goes on once every partner has agreed to it (LC-22)."
        )
    agreed = agreed_words(work, case, _MATTER, EntryType.INTERIM_LEARNING_PROPOSED)
    if agreed is not None and command.shared_on < london_date(agreed.since):
        raise AnswerRefused(
            "shared_on", "Enter a day on which every partner had agreed to it (LC-22)."
        )
    subject = str(round_of(work, case, _MATTER))
    record_entry(work, case, SHARE_INTERIM_LEARNING, command, subject=subject)
    close_todos(work, case, Todo.SHARE_INTERIM_LEARNING)
    return case


def may_be_shared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether every partner agreed to learning that is not on record as shared."""
    return waits_to_be_shared(work, case) and all_agree(work, case, _MATTER)


def waits_to_be_shared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether learning was put to the partners that is not on record as shared."""
    round_ = round_of(work, case, _MATTER)
    shared = last_fact(work.session, case.id, EntryType.INTERIM_LEARNING_SHARED, str(round_))
    return round_ > 0 and shared is None


def was_put_here(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest learning was put on this case, and not under a lead before ours."""
    put = last_entry(work.session, case.id, EntryType.INTERIM_LEARNING_PROPOSED)
    return put is not None and put.origin_id is None


def ask_for_what_was_put_before(work: UnitOfWork, case: Case) -> None:
    """Have shared what all agreed to under the lead before; what waited there is put anew (LC-22).

    Who came to decide with the change had no part in it.
    """
    if case.stage is Stage.LOCAL_REVIEW and waits_to_be_shared(work, case):
        is_agreed = all_agree(work, case, _MATTER)
        asked = Todo.SHARE_INTERIM_LEARNING if is_agreed else Todo.PROPOSE_INTERIM_LEARNING
        open_todo(work, case, asked)


SHARE_INTERIM_LEARNING = Act(
    name="share_interim_learning",
    command=ShareInterimLearning,
    perform=share_interim_learning,
    permission=Permission.RUN_REVIEW,
    doing="record that learning was shared",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.INTERIM_LEARNING_SHARED,
    todo=Todo.SHARE_INTERIM_LEARNING,
    shows=(EntryType.INTERIM_LEARNING_PROPOSED,),
    is_offered=may_be_shared,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
    is_joint=True,
)
