"""When each regular round was last made, so that whoever is alive makes the next one."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, text
from sqlmodel import Field, SQLModel

from services.database.partnership_row import moment

_CLAIM = text(
    "insert into ticks (name, made_at) values (:name, clock_timestamp()) "
    "on conflict (name) do update set made_at = clock_timestamp() "
    "where ticks.made_at < clock_timestamp() - make_interval(secs => :every) returning name"
)
_DUE = text(
    "select due.name from unnest(cast(:names as text[]), cast(:every as float8[]))"
    " as due (name, every) left join ticks on ticks.name = due.name where ticks.name is null"
    " or ticks.made_at < clock_timestamp() - make_interval(secs => due.every)"
)
_LEAD = text(
    "insert into ticks (name, made_at, led_by) values (:name, clock_timestamp(), :leader) "
    "on conflict (name) do update set made_at = clock_timestamp(), led_by = :leader "
    "where ticks.led_by = :leader "
    "or ticks.made_at < clock_timestamp() - make_interval(secs => :lasts) returning name"
)
_AGE = text("select extract(epoch from clock_timestamp() - made_at) from ticks where name = :name")


class Tick(SQLModel, table=True):
    """The last time one regular round was made, by anybody; it belongs to no partnership.

    Rounds that need a memory are made by one process for as long as it makes them: ``led_by``.
    """

    __tablename__ = "ticks"

    name: str = Field(primary_key=True)
    made_at: datetime = Field(sa_column=moment())
    led_by: str = ""


def due(engine: Engine, every: Mapping[str, float]) -> frozenset[str]:
    """Return which of these rounds nobody made in so many seconds; each is yet to be claimed."""
    asked = {"names": list(every), "every": list(every.values())}
    with engine.begin() as connection:
        return frozenset(connection.execute(_DUE, asked).scalars())


def claim(engine: Engine, name: str, every: float) -> bool:
    """Take the round if nobody made it in the last seconds; two that ask at once get one yes."""
    with engine.begin() as connection:
        return connection.execute(_CLAIM, {"name": name, "every": every}).first() is not None


def lead(engine: Engine, name: str, leader: str, lasts: float) -> bool:
    """Take the round if it is this leader's, or if its leader has made none for so long."""
    with engine.begin() as connection:
        taken = connection.execute(_LEAD, {"name": name, "leader": leader, "lasts": lasts})
        return taken.first() is not None


def age(engine: Engine, name: str) -> float | None:
    """Return how many seconds ago the round was last made; nothing if it never was."""
    with engine.begin() as connection:
        found = connection.execute(_AGE, {"name": name}).scalar_one_or_none()
    return None if found is None else float(found)
