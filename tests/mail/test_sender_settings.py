"""By which name the mail server is greeted, and that nothing real leaves from nowhere (F16)."""

import pytest

from services.bootstrap import build
from services.domain.errors import Unavailable
from services.settings import Settings

GIVEN = {
    "KEYLINE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
    "KEYLINE_CONTEXT_KEY": "a key of thirty-two letters or more",
    "KEYLINE_SECRET_KEY": "a key of sixteen letters",
    "KEYLINE_BASE_URL": "https://keyline.northshire.example",
    "S3_BUCKET": "keyline",
    "KEYLINE_OBJECT_KEYS": "local:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    "SMTP_HOST": "127.0.0.1",
}
SENDER = {"MAIL_FROM": "no-reply@northshire.example"}


def settings(**said: str) -> Settings:
    return Settings.model_validate(GIVEN | said)


def test_the_mail_server_is_greeted_by_the_senders_domain_or_by_the_name_given():
    assert settings(**SENDER).mail_name == "northshire.example"
    assert (
        settings(**SENDER, SMTP_HELO="out.northshire.example").mail_name == "out.northshire.example"
    )


def test_in_production_the_sender_has_a_domain_of_its_own():
    with pytest.raises(Unavailable, match="MAIL_FROM"):
        build(settings())
    build(settings(**SENDER)).engine.dispose()
    build(settings(KEYLINE_ENVIRONMENT="demonstration")).engine.dispose()
    build(settings(KEYLINE_MAIL_IS_CAUGHT="true")).engine.dispose()
