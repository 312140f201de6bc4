"""A document is sent only whole and proven, to a person who may open it then, and recorded once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from services.database.documents import DocumentState
from services.domain.errors import StoreUnavailable
from services.domain.identifiers import PartnershipId
from services.identity import session_ids
from services.storage import ObjectName, new_name
from services.storage.downloads import IN_MEMORY
from services.storage.encrypted import EncryptedStore
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryStore
from services.web.app import create_app
from tests.matrix import PNG
from tests.web.conftest import World, site_of
from tests.web.referrals import refer
from tests.web.visitors import Visitor


@dataclass
class WatchedStore:
    """A store in which something happens while an object is read."""

    store: Any = field(default_factory=MemoryStore)
    meanwhile: Callable[[], None] = lambda: None

    def put(self, name: ObjectName, content: bytes, **more: Any) -> Any:
        return self.store.put(name, content, **more)

    def open(self, name: ObjectName, version_id: str | None = None) -> Iterator[bytes]:
        pieces = self.store.open(name, version_id)
        self.meanwhile()
        return pieces


@dataclass
class Opened:
    """One stored document, the person who opens it, and what is on record of it."""

    world: World
    store: WatchedStore
    manager: Visitor
    link: str

    @property
    def document_id(self) -> UUID:
        return UUID(self.link.rpartition("/")[2])

    def views(self) -> int:
        return self.ask("select count(*) from viewings where document_id = :id")

    def alerts(self) -> int:
        return self.ask("select count(*) from alerts where code = 'digest_mismatch'")

    def ask(self, question: str) -> Any:
        with self.world.admin.connect() as link:
            return link.execute(text(question), {"id": self.document_id}).scalar_one()

    def change(self, statement: str, **values: Any) -> None:
        with self.world.admin.begin() as link:
            link.execute(text(statement), {"id": self.document_id, **values})

    def replace_bytes(self, content: bytes) -> None:
        key = self.ask("select key from documents where id = :id")
        versions = self.store.store.versions[key]
        versions[-1] = (versions[-1][0], content)


@pytest.fixture
def opened(world: World) -> Opened:
    """A picture that the manager added, in an installation with a store of its own."""
    store = WatchedStore()
    own = World(FastAPI(), world.engine, world.door, world.admin, store)
    own.app = create_app(site_of(own, lambda: world.now))
    manager = own.person("manager")
    case = refer(manager)
    manager.upload(f"{case}/documents", {"title": "A drawing"}, "a.png", PNG)
    link = manager.get(f"{case}/documents").page.find("a", string="A drawing")["href"]
    return Opened(own, store, manager, link)


def test_it_is_sent_whole_with_its_length_and_one_view_is_recorded(opened: Opened):
    answer = opened.manager.get(opened.link)
    assert answer.response.content == PNG
    assert answer.response.headers["content-length"] == str(len(PNG))
    assert answer.response.headers["content-type"] == "image/png"
    assert answer.response.headers["cache-control"] == "no-store"
    assert opened.views() == 1


def test_no_transaction_is_open_while_the_bytes_are_read(opened: Opened):
    open_connections = []
    opened.store.meanwhile = lambda: open_connections.append(opened.world.engine.pool.checkedout())
    assert opened.manager.get(opened.link).status == 200
    assert open_connections == [0]


@pytest.mark.parametrize("content", [PNG + b"!", PNG[:-1], b"", bytes(2 * IN_MEMORY)])
def test_of_changed_bytes_none_is_sent_and_an_alert_is_raised(opened: Opened, content: bytes):
    alerts = opened.alerts()
    opened.replace_bytes(content)
    answer = opened.manager.get(opened.link)
    assert answer.status == 409
    assert "is not the one that was stored" in answer.text
    assert b"IHDR" not in answer.response.content
    assert (opened.alerts(), opened.views()) == (alerts + 1, 0)


def test_a_document_whose_key_is_missing_is_a_plain_error_and_an_alert(opened: Opened):
    asked = "select count(*) from alerts where code = 'key_missing'"
    alerts = opened.ask(asked)
    opened.store.store = EncryptedStore(opened.store.store.bucket, LocalKeys(bytes(32)))
    answer = opened.manager.get(opened.link)
    assert answer.status == 503
    assert "The encryption key for this file is missing" in answer.text
    assert b"IHDR" not in answer.response.content
    assert (opened.ask(asked), opened.views()) == (alerts + 1, 0)


def test_an_object_of_another_partnership_is_not_opened_for_a_row_that_names_it(opened: Opened):
    theirs = new_name(PartnershipId(uuid4()))
    opened.store.put(theirs, PNG, sha256=sha256(PNG).hexdigest())
    opened.change(
        "update documents set key = :key, version_id = null where id = :id", key=theirs.key
    )
    answer = opened.manager.get(opened.link)
    assert answer.status == 409
    assert b"IHDR" not in answer.response.content
    assert opened.views() == 0


def test_an_object_that_is_gone_is_an_alert_too(opened: Opened):
    alerts = opened.alerts()
    opened.store.store.versions.clear()
    assert opened.manager.get(opened.link).status == 409
    assert (opened.alerts(), opened.views()) == (alerts + 1, 0)


def test_a_store_that_is_away_leaves_no_view_and_no_alert(opened: Opened):
    def goes_away() -> None:
        raise StoreUnavailable("File storage did not answer.")

    alerts = opened.alerts()
    opened.store.meanwhile = goes_away
    assert opened.manager.get(opened.link).status == 503
    assert (opened.alerts(), opened.views()) == (alerts, 0)


def test_a_person_who_signed_out_meanwhile_is_sent_nothing(opened: Opened):
    session = session_ids.kept(opened.manager.cookies["keyline-session"])
    opened.store.meanwhile = lambda: opened.change(
        "delete from web_sessions where carried_sha256 = :session", session=session
    )
    answer = opened.manager.get(opened.link)
    assert answer.status == 303
    assert answer.response.headers["location"].startswith("/sign-in")
    assert opened.views() == 0


def test_a_document_that_was_withdrawn_meanwhile_is_not_sent(opened: Opened):
    opened.store.meanwhile = lambda: opened.change(
        "update documents set standing = :state where id = :id", state=DocumentState.REFUSED.value
    )
    assert opened.manager.get(opened.link).status == 404
    assert opened.views() == 0
