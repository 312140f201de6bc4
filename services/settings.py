"""What the environment must tell us: typed, and every default is safe in production.

A default here is fit for production and for source control; anything else has none. Only
`services.bootstrap` reads these.
"""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The installation's settings, from the environment only."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, populate_by_name=True)

    environment: Literal["production", "demonstration"] = Field(
        default="production", alias="KEYLINE_ENVIRONMENT"
    )
    database_url: SecretStr = Field(alias="KEYLINE_DATABASE_URL")
    sign_in_database_url: SecretStr = Field(
        default=SecretStr(""), alias="KEYLINE_SIGN_IN_DATABASE_URL"
    )
    provisioning_database_url: SecretStr = Field(
        default=SecretStr(""), alias="KEYLINE_PROVISIONING_DATABASE_URL"
    )
    context_key: SecretStr = Field(alias="KEYLINE_CONTEXT_KEY", min_length=32)
    database_is_pooled: bool = Field(default=False, alias="KEYLINE_DATABASE_IS_POOLED")
    listen_url: SecretStr = Field(default=SecretStr(""), alias="KEYLINE_LISTEN_DATABASE_URL")
    secret_key: SecretStr = Field(alias="KEYLINE_SECRET_KEY", min_length=16)
    base_url: str = Field(alias="KEYLINE_BASE_URL")
    second_factor: Literal["demanded", "offered"] | None = Field(
        default=None, alias="KEYLINE_SECOND_FACTOR"
    )
    proof_minutes: int | None = Field(default=None, ge=0, alias="KEYLINE_PROOF_MINUTES")
    other_base_urls: str = Field(default="", alias="KEYLINE_OTHER_BASE_URLS")
    trusted_proxies: str = Field(default="", alias="KEYLINE_TRUSTED_PROXIES")
    s3_endpoint_url: str | None = Field(default=None, alias="S3_ENDPOINT_URL")
    s3_bucket: str = Field(alias="S3_BUCKET")
    s3_access_key: SecretStr | None = Field(default=None, alias="AWS_ACCESS_KEY_ID")
    s3_secret_key: SecretStr | None = Field(default=None, alias="AWS_SECRET_ACCESS_KEY")
    object_keys: SecretStr = Field(alias="KEYLINE_OBJECT_KEYS")
    s3_region: str = Field(default="eu-west-2", alias="AWS_REGION")
    smtp_host: str = Field(alias="SMTP_HOST")
    smtp_port: int = Field(default=587, alias="SMTP_PORT")
    smtp_user: str = Field(default="", alias="SMTP_USER")
    smtp_password: SecretStr = Field(default=SecretStr(""), alias="SMTP_PASSWORD")
    smtp_starttls: bool = Field(default=True, alias="SMTP_STARTTLS")
    mail_from: str = Field(default="no-reply@keyline.invalid", alias="MAIL_FROM")
    mail_helo: str = Field(default="", alias="SMTP_HELO")
    mail_is_caught: bool = Field(default=False, alias="KEYLINE_MAIL_IS_CAUGHT")
    clamd: str = Field(default="", alias="KEYLINE_CLAMD")
    link_checks: Literal["off", "public", "private"] = Field(
        default="off", alias="KEYLINE_LINK_CHECKS"
    )
    prefect_api_url: str = Field(default="", alias="PREFECT_API_URL")
    prefect_auth: SecretStr = Field(default=SecretStr(""), alias="PREFECT_API_AUTH_STRING")
    metrics_port: int = Field(default=0, ge=0, le=65_000, alias="KEYLINE_METRICS_PORT")
    traces_url: str = Field(default="", alias="KEYLINE_TRACES_URL")
    metrics_host: str = Field(default="127.0.0.1", alias="KEYLINE_METRICS_HOST")

    @property
    def listening_url(self) -> str:
        """Return where to listen for wakes: a pooler passes none on, so only a direct address."""
        direct = "" if self.database_is_pooled else self.database_url.get_secret_value()
        return self.listen_url.get_secret_value() or direct

    @property
    def mail_name(self) -> str:
        """Return by which name the mail server is greeted: one that is given, or the sender's."""
        return self.mail_helo or self.mail_from.rpartition("@")[2]

    @property
    def lacks_sender(self) -> bool:
        """Tell whether real emails would leave from a domain that nobody can have (RFC 2606)."""
        is_real = not (self.mail_is_caught or self.is_demonstration)
        return is_real and self.mail_name.endswith(".invalid")

    @property
    def demands_second_factor(self) -> bool:
        """Tell whether everybody with a password needs a second factor; said, or production."""
        if self.second_factor is None:
            return not self.is_demonstration
        return self.second_factor == "demanded"

    @property
    def proof_lasts(self) -> timedelta | None:
        """Return how old the proof of a person who decides may be; nothing asks for no new one.

        Said in minutes, where nought is none; else a quarter of an hour in production.
        """
        unsaid = 0 if self.is_demonstration else 15
        minutes = unsaid if self.proof_minutes is None else self.proof_minutes
        return timedelta(minutes=minutes) if minutes else None

    @property
    def is_demonstration(self) -> bool:
        """Tell whether this is a demonstration: practice clocks, caught emails, no real body."""
        return self.environment == "demonstration"
