"""What operators read of their own acts, and people of a case of what operators did there."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "OperatorAct": {
        "take_up": "work that was set aside is taken up again",
        "try_now": "work that was put off is tried now",
        "begin_anew": "the flow run is ended, and its next attempt begins",
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
        "begin_anew": "end the flow run and have its next attempt begin",
    },
    "EmailCourse": {
        "send_again": "send it again",
        "stop_email": "stop it: it is not sent again",
    },
}
