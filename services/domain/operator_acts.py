"""What operators do about machine work and emails, and what came of it, item by item.

An act of an operator never decides anything of a case: it has the machine begin again, or leaves
an email unsent. That a dispatch arrived is said by the business manager alone, with evidence.
"""

from enum import StrEnum


class OperatorAct(StrEnum):
    """What an operator had done."""

    TAKE_UP = "take_up"
    TRY_NOW = "try_now"
    RESUME = "resume"
    BEGIN_ANEW = "begin_anew"
    POOL_GOES_ON = "pool_goes_on"
    QUEUES_GO_ON = "queues_go_on"
    REGISTER = "register"
    SEND_AGAIN = "send_again"
    STOP_EMAIL = "stop_email"
    ACKNOWLEDGE = "acknowledge"


class OperatorOutcome(StrEnum):
    """What came of it for one item: what was so after it, and not what was asked for."""

    DONE = "done"
    NOTHING_TO_DO = "nothing_to_do"
    FOR_ITS_MANAGER = "for_its_manager"
    NO_ANSWER = "no_answer"
