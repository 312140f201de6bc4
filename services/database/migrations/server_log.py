"""What the database server writes into its log: no words of a row, no values of a statement.

PostgreSQL tells of a row that breaks a rule by all its values, and of a statement that it logs by
the values that were bound to it. Either would put personal data into a log that knows no
partnerships, so a release is refused on a server that is set so.
"""

from typing import Final

from sqlalchemy import Connection, text

from services.domain.errors import Unavailable

# What is amiss, as a condition, and the setting that puts it right.
_LOGS_STATEMENTS: Final = (
    "current_setting('log_statement') in ('mod', 'all')"
    " or current_setting('log_min_duration_statement') <> '-1'"
    " or current_setting('log_min_duration_sample') <> '-1'"
    " or current_setting('log_transaction_sample_rate')::float > 0"
)
_AMISS: Final = {
    "log_error_verbosity=terse": "current_setting('log_error_verbosity') <> 'terse'",
    "log_parameter_max_length_on_error=0": (
        "current_setting('log_parameter_max_length_on_error') <> '0'"
    ),
    "log_parameter_max_length=0": (
        f"current_setting('log_parameter_max_length') <> '0' and ({_LOGS_STATEMENTS})"
    ),
}


class LogTellsOfRows(Unavailable):
    """The server would write words of a case into its log."""

    def __init__(self, wanted: list[str]) -> None:
        super().__init__(
            "The database server would write what is said of a family into its log. Set"
            f" {', '.join(wanted)} for the server, or for this database"
            " (alter database ... set ...), and release again."
        )


def check_server_log(connection: Connection) -> None:
    """Refuse a server whose log would hold the values of rows or of statements."""
    asked = ", ".join(f"({amiss})" for amiss in _AMISS.values())
    answers = connection.execute(text(f"select {asked}")).one()
    if wanted := [setting for setting, amiss in zip(_AMISS, answers, strict=True) if amiss]:
        raise LogTellsOfRows(wanted)
