"""What is still to be shared of the learning, asked in the database of what plans of it say."""

from sqlalchemy import Date, cast, column, exists, func, select, true
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col

from services.database.history import Entry
from services.domain.briefings import SharingCame
from services.domain.entry_types import EntryType


def parts_to_come() -> Subquery:
    """Return what is to come of each case's newest plan of sharing.

    That is ``case_id``, ``number`` in the plan, ``way``, and ``last_day``. A part is settled by a
    record of the same words after which no more is to come (EMB-07).
    """
    case_id = col(Entry.case_id)
    newest = (
        select(case_id, col(Entry.command).label("command"))
        .where(col(Entry.entry_type) == EntryType.BRIEFING_WRITTEN)
        .ext(distinct_on(case_id))
        .order_by(case_id, col(Entry.number).desc())
        .subquery()
    )
    held = aliased(Entry)
    rows = func.jsonb_array_elements(newest.c.command["sharing"])
    part = rows.table_valued(column("value", JSONB), with_ordinality="number").render_derived()
    settled = exists().where(
        col(held.case_id) == newest.c.case_id,
        col(held.entry_type) == EntryType.SHARING_RECORDED,
        col(held.command).contains(part.c.value),
        col(held.command)["came"].astext != SharingCame.MORE_TO_COME.value,
    )
    return (
        select(
            newest.c.case_id,
            part.c.number,
            part.c.value["way"].astext.label("way"),
            cast(part.c.value["last_day"].astext, Date).label("last_day"),
        )
        .select_from(newest)
        .join(part, true())
        .where(~settled)
        .subquery()
    )
