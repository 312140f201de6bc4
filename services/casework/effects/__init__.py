"""What an act changes besides its entry: clocks, todos, and the emails that it enqueues."""

from services.casework.effects.clocks import (
    as_counted,
    cancel_clock,
    compute_due_date,
    last_day,
    mark_met,
    move_clock,
    policy_of,
    reopen_clock,
    start_clock,
    tell_of_move,
)
from services.casework.effects.dispatches import (
    ToSend,
    drop_submission,
    drop_text_before_publication,
    move_dispatch_days,
    order_dispatches,
    order_submission,
    tell_commissioning,
)
from services.casework.effects.emails import EmailContext, enqueue_email
from services.casework.effects.orders import DocumentOrder, Order, order_document, place_order
from services.casework.effects.recounts import Recount, in_words, recounts, take_count
from services.casework.effects.todos import (
    AboutTodo,
    AskedSeat,
    close_all_todos,
    close_todos,
    move_todo,
    move_todos,
    open_todo,
    open_todo_of,
)

__all__ = [
    "AboutTodo",
    "AskedSeat",
    "DocumentOrder",
    "EmailContext",
    "Order",
    "Recount",
    "ToSend",
    "as_counted",
    "cancel_clock",
    "close_all_todos",
    "close_todos",
    "compute_due_date",
    "drop_submission",
    "drop_text_before_publication",
    "enqueue_email",
    "in_words",
    "last_day",
    "mark_met",
    "move_clock",
    "move_dispatch_days",
    "move_todo",
    "move_todos",
    "open_todo",
    "open_todo_of",
    "order_dispatches",
    "order_document",
    "order_submission",
    "place_order",
    "policy_of",
    "recounts",
    "reopen_clock",
    "start_clock",
    "take_count",
    "tell_commissioning",
    "tell_of_move",
]
