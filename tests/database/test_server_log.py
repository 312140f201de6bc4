"""A release is refused on a server that would write what is said of a family into its log."""

import re

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments import release
from services.database.migrations.server_log import LogTellsOfRows
from tests.servers import SECRETS


@pytest.fixture
def database(platform_postgres):
    """An empty database on the administrator's server, to be set as an operator might."""
    return platform_postgres.make_empty()


def set_so(database: str, settings: dict[str, str]) -> None:
    """Set it as an operator does, for every connection that is made from now on."""
    name = make_url(database).database
    engine = create_engine(database, poolclass=NullPool)
    with engine.begin() as link:
        for setting, value in settings.items():
            link.execute(text(f"alter database \"{name}\" set {setting} = '{value}'"))


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"log_error_verbosity": "default"}, "log_error_verbosity=terse"),
        ({"log_error_verbosity": "verbose"}, "log_error_verbosity=terse"),
        ({"log_parameter_max_length_on_error": "64"}, "log_parameter_max_length_on_error=0"),
        ({"log_statement": "all"}, "log_parameter_max_length=0"),
        ({"log_statement": "mod"}, "log_parameter_max_length=0"),
        ({"log_min_duration_statement": "0"}, "log_parameter_max_length=0"),
        ({"log_min_duration_sample": "500"}, "log_parameter_max_length=0"),
        ({"log_transaction_sample_rate": "0.1"}, "log_parameter_max_length=0"),
        (
            {"log_statement": "all", "log_error_verbosity": "default"},
            "log_error_verbosity=terse, log_parameter_max_length=0",
        ),
    ],
)
def test_what_would_be_logged_is_refused_and_what_to_set_is_said(database, settings, wanted):
    set_so(database, settings)
    with pytest.raises(LogTellsOfRows, match=re.escape(f"Set {wanted} for the server")):
        release.migrate(database, SECRETS)
    with create_engine(database, poolclass=NullPool).connect() as link:
        made = link.execute(text("select to_regclass('public.alembic_version')")).scalar_one()
    assert made is None


def test_statements_may_be_logged_without_their_values(database):
    set_so(database, {"log_statement": "all", "log_parameter_max_length": "0"})
    release.migrate(database, SECRETS)
    with create_engine(database, poolclass=NullPool).connect() as link:
        assert link.execute(text("select count(*) from alembic_version")).scalar_one() == 1
