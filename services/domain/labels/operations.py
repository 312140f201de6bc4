"""What operators read of their own acts, and people of a case of what operators did there."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "OperatorAct": {
        "take_up": "work that was set aside is taken up again",
        "try_now": "work that was put off is tried now",
        "resume": "the flow run is woken",
        "begin_anew": "the flow run is ended, and its next attempt begins",
        "pool_goes_on": "the work pool in Prefect goes on",
        "queues_go_on": "the partnership's queue in Prefect goes on",
        "register": "the flow is registered in Prefect again",
        "send_again": "an email is sent again",
        "stop_email": "an email is stopped",
        "acknowledge": "an alert is acknowledged",
    },
    "OperatorOutcome": {
        "done": "done",
        "nothing_to_do": "nothing was left to do",
        "for_its_manager": "left to the business manager, who settles what meets a duty",
        "no_answer": "not done: Prefect did not answer",
    },
    "RunCourse": {
        "take_up": "take up again what was set aside",
        "try_now": "try now what was put off until later",
        "resume": "wake the flow run, if it rests",
        "begin_anew": "end the flow run and have its next attempt begin",
    },
    "PrefectCourse": {
        "pool_goes_on": "let the work pool go on, for every partnership",
        "queues_go_on": "let each partnership's own queue go on",
        "register": "register the flow again",
    },
    "RunTrouble": {
        "set_aside": "machine work was set aside",
        "put_off": "machine work failed and is tried again later",
        "emails": "an email waits for a person",
        "late": "a clock is late",
        "unowned": "a clock is due by tomorrow, and nobody has what it waits for",
        "paused": "machine work waits while the partnership is paused",
        "lost": "what carried it was lost",
        "unstarted": "no flow run carries it yet",
    },
    "EmailCourse": {
        "send_again": "send it again",
        "stop_email": "stop it: it is not sent again",
    },
}
