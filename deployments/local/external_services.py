"""The services that the user brings, so that our own are not started."""

from collections.abc import Mapping
from dataclasses import dataclass

CARRIED = (
    "S3_ENDPOINT_URL",
    "S3_BUCKET",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_REGION",
    "PREFECT_API_URL",
    "PREFECT_API_AUTH_STRING",
    "PREFECT_API_KEY",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_STARTTLS",
    "SMTP_HELO",
    "MAIL_FROM",
)


@dataclass(frozen=True)
class ExternalServices:
    """The settings of external services; an empty variable is not a setting."""

    words: Mapping[str, str]

    @staticmethod
    def found_in(environment: Mapping[str, str]) -> "ExternalServices":
        """Read the settings from the environment."""
        wanted = ("DATABASE_URL", *CARRIED)
        return ExternalServices(
            {name: environment[name] for name in wanted if environment.get(name)}
        )

    @property
    def database(self) -> str | None:
        """Return the administrator's address of a database to be used instead of ours."""
        return self.words.get("DATABASE_URL")

    @property
    def object_store(self) -> str | None:
        """Return what to call an S3 service to be used instead of ours.

        AWS keys alone are not enough: many people have them in their shell for other work.
        """
        bucket = self.words.get("S3_BUCKET")
        return self.words.get("S3_ENDPOINT_URL") or (f"s3://{bucket}" if bucket else None)

    @property
    def prefect(self) -> str | None:
        """Return the API of a Prefect server to be used instead of ours."""
        return self.words.get("PREFECT_API_URL")

    @property
    def mail(self) -> str | None:
        """Return the mail server to be used instead of our catcher."""
        return self.words.get("SMTP_HOST")

    def of(self, *starts: str) -> dict[str, str]:
        """Return the given settings whose names start so."""
        return {name: word for name, word in self.words.items() if name.startswith(starts)}
