"""What operators have Prefect itself do, on record of each partnership that it touches."""

from collections.abc import Callable

from services.casework.engine.transactions import TransactionContext
from services.casework.operations.acting import Done, Operator, act_on_each
from services.casework.operations.operator_commands import MendPrefect, PrefectCourse
from services.casework.operations.waiting import Page, Waiting
from services.casework.operations.watched import partnership_names
from services.database.console import Among
from services.domain.errors import PrefectUnavailable
from services.domain.operator_acts import OperatorAct, OperatorOutcome
from services.orchestration.deployment_registry import register
from services.orchestration.pool_control import let_pool_go_on, let_queue_go_on
from services.orchestration.prefect_client import PrefectClient


def each_partnership(context: TransactionContext, _among: Among) -> Page[Waiting]:
    """Return the partnerships, as what is acted on."""
    items = tuple(
        Waiting(id=one, partnership_id=one, partnership=name, case_id=None, reference="")
        for one, name in partnership_names(context).items()
    )
    return Page(items, len(items))


def mend_prefect(operator: Operator, server: PrefectClient | None, command: MendPrefect) -> None:
    """Let the pool or the queues go on, or register the flow; each partnership has its result."""
    chosen = operator.chosen((), each_partnership)
    ask = _asked_of(server, command.course)

    def asked(one: Waiting) -> Done:
        try:
            outcome = OperatorOutcome.DONE if ask(one) else OperatorOutcome.NOTHING_TO_DO
        except PrefectUnavailable:
            outcome = OperatorOutcome.NO_ANSWER
        return lambda _work, _one: outcome

    act_on_each(operator, OperatorAct(command.course), chosen, asked, command.because)


def _asked_of(server: PrefectClient | None, course: PrefectCourse) -> Callable[[Waiting], bool]:
    """Return what is asked for each partnership; what is of the whole pool may be asked again."""

    def ask(one: Waiting) -> bool:
        if server is None:
            raise PrefectUnavailable("Prefect is not set up.")
        if course is PrefectCourse.QUEUES_GO_ON:
            return let_queue_go_on(server, one.partnership_id)
        if course is PrefectCourse.POOL_GOES_ON:
            return let_pool_go_on(server)
        register(server, [one.partnership_id])
        return True

    return ask
