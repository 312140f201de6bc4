"""What the parts of Keyline itself are told: where their neighbours are, and the secrets."""

import hashlib
import os
from dataclasses import dataclass

from sqlalchemy import URL, make_url

from deployments.local.databases import PREFECT
from deployments.local.external_services import ExternalServices
from deployments.local.home import LOOPBACK, Home
from deployments.local.object_store import PORTS, REGION, EmbeddedObjectStore, Keys
from deployments.local.postgres import EmbeddedPostgres
from deployments.local.prefect_server import PrefectServer
from services.database.migrations.roles import APP, BACKUP, PROVISIONING, SIGN_IN, WORKER, login_of

DATABASE = "keyline"
BUCKET = "keyline"
DEMONSTRATION = "demonstration"
MAIL_FROM = "keyline@example.org"
WITHHELD = ("DATABASE_URL", "KEYLINE_", "PREFECT_", "S3_", "SMTP_")


@dataclass(frozen=True)
class Platform:
    """The neighbours of one data folder: ours where the person gave no other."""

    home: Home
    external: ExternalServices

    @property
    def postgres(self) -> EmbeddedPostgres:
        """Return our database server."""
        home = self.home
        port, password = home.port("postgres"), home.secret("postgres")
        return EmbeddedPostgres(home.folder / "postgres", port, password, home.log("postgres"))

    @property
    def object_store(self) -> EmbeddedObjectStore:
        """Return our object store."""
        home = self.home
        names = ("objects-access", "objects-secret", "objects-signing", "objects-encrypting")
        keys = Keys(*(home.secret(name) for name in names))
        ports = {name: home.port(name) for name in PORTS}
        return EmbeddedObjectStore(
            home.folder / "objects", ports, keys, home.log("objects"), BUCKET
        )

    @property
    def prefect(self) -> PrefectServer:
        """Return our Prefect server."""
        home = self.home
        url = make_url(self.database_url(self.prefect_database))
        own = url.set(username=self.prefect_database, password=home.secret("prefect-database"))
        return PrefectServer(
            home.folder / "prefect",
            home.port("prefect"),
            own.render_as_string(hide_password=False),
            home.secret("prefect"),
            home.log("prefect"),
        )

    @property
    def prefect_database(self) -> str:
        """Return the name of Prefect's database and of its role.

        On a given server it is made from the name of Keyline's database, so that a second
        installation there has its own.
        """
        if self.external.database is None:
            return PREFECT
        return login_of(PREFECT, str(make_url(self.external.database).database))

    @property
    def web_address(self) -> str:
        """Return where people reach Keyline."""
        return f"http://{LOOPBACK}:{self.home.port('web')}"

    @property
    def is_demonstration(self) -> bool:
        """Say whether invented people may be put on record here."""
        return (os.environ.get("KEYLINE_ENVIRONMENT") or DEMONSTRATION) == DEMONSTRATION

    def database_url(self, name: str) -> str:
        """Return the administrator's address of one database of the server in use."""
        if self.external.database is None:
            return self.postgres.url(name)
        return (
            make_url(self.external.database)
            .set(database=name)
            .render_as_string(hide_password=False)
        )

    @property
    def keyline_url(self) -> str:
        """Return the administrator's address of Keyline's own database."""
        return self.external.database or self.database_url(DATABASE)

    @property
    def application_url(self) -> URL:
        """Return the address of the same database for the role that may not bypass anything.

        Who gives a database to several machines says its address in KEYLINE_DATABASE_URL on
        each of them: from the password in it all of them make the same others.
        """
        given = os.environ.get("KEYLINE_DATABASE_URL")
        if given and self.external.database:
            return make_url(given)
        return self._login(APP, self.home.secret("application-database"))

    def login_url(self, role: str) -> str:
        """Return the address for another role, which only the part that needs it is told."""
        return self._login(role, self._made_from_password(role)).render_as_string(
            hide_password=False
        )

    @property
    def context_key(self) -> str:
        """Return the secret that signs contexts; for a given database it may be given as well."""
        given = os.environ.get("KEYLINE_CONTEXT_KEY") if self.external.database else None
        return given or self._made_from_password("context key")

    def release_secrets(self) -> dict[str, str]:
        """Return what the release alone is told: the administrator, and the logins' passwords."""
        return {
            "DATABASE_URL": self.keyline_url,
            "KEYLINE_APP_PASSWORD": self.application_url.password or "",
            "KEYLINE_WORKER_PASSWORD": self._made_from_password(WORKER),
            "KEYLINE_SIGN_IN_PASSWORD": self._made_from_password(SIGN_IN),
            "KEYLINE_PROVISIONING_PASSWORD": self._made_from_password(PROVISIONING),
            "KEYLINE_BACKUP_PASSWORD": self._made_from_password(BACKUP),
        }

    def provisioning(self) -> dict[str, str]:
        """Return where partnerships are put on record, which no running part is told."""
        return {"KEYLINE_PROVISIONING_DATABASE_URL": self.login_url(PROVISIONING)}

    def signing_in(self) -> dict[str, str]:
        """Return where people sign in, which the web application alone is told."""
        return {"KEYLINE_SIGN_IN_DATABASE_URL": self.login_url(SIGN_IN)}

    def backing_up(self) -> dict[str, str]:
        """Return where every row is read for a backup, which no running part is told."""
        return {"KEYLINE_BACKUP_DATABASE_URL": self.login_url(BACKUP)}

    def _login(self, role: str, password: str) -> URL:
        url = make_url(self.keyline_url)
        login = login_of(role, str(url.database))
        return url.set(drivername="postgresql", username=login, password=password)

    def _made_from_password(self, name: str) -> str:
        password = self.application_url.password or ""
        return hashlib.sha256(f"{name} {password}".encode()).hexdigest()

    def environment(self) -> dict[str, str]:
        """Return the environment of the web application, the worker and their like."""
        kept = {name: word for name, word in os.environ.items() if not name.startswith(WITHHELD)}
        return kept | self.settings()

    def settings(self) -> dict[str, str]:
        """Return the part of that environment which comes from this platform."""
        return {
            "KEYLINE_DATABASE_URL": self.application_url.render_as_string(hide_password=False),
            "KEYLINE_CONTEXT_KEY": self.context_key,
            "KEYLINE_DATABASE_IS_POOLED": os.environ.get("KEYLINE_DATABASE_IS_POOLED", ""),
            "KEYLINE_LISTEN_DATABASE_URL": os.environ.get("KEYLINE_LISTEN_DATABASE_URL", ""),
            "KEYLINE_ENVIRONMENT": os.environ.get("KEYLINE_ENVIRONMENT") or DEMONSTRATION,
            "KEYLINE_BASE_URL": os.environ.get("KEYLINE_BASE_URL") or self.web_address,
            "KEYLINE_OTHER_BASE_URLS": os.environ.get("KEYLINE_OTHER_BASE_URLS", ""),
            "KEYLINE_SECOND_FACTOR": os.environ.get("KEYLINE_SECOND_FACTOR", ""),
            "KEYLINE_PROOF_MINUTES": os.environ.get("KEYLINE_PROOF_MINUTES", ""),
            "KEYLINE_TRUSTED_PROXIES": os.environ.get("KEYLINE_TRUSTED_PROXIES", ""),
            "KEYLINE_CLAMD": os.environ.get("KEYLINE_CLAMD", ""),
            "KEYLINE_LINK_CHECKS": os.environ.get("KEYLINE_LINK_CHECKS", ""),
            "KEYLINE_HTTP_PORT": str(self.home.port("web")),
            "KEYLINE_SECRET_KEY": self.home.secret("web"),
            "KEYLINE_OBJECT_KEYS": self._object_keys(),
            "KEYLINE_HOME": str(self.home.folder),
            # Prefect keeps a folder of one fixed name there: the first person's would be in the
            # way of the next.
            "TMPDIR": str(self.home.folder / "tmp"),
            **self._object_store_words(),
            **self._prefect_words(),
            **self._mail_words(),
        }

    def _object_keys(self) -> str:
        """Return the keys that stored files are encrypted under: those given, else our own one.

        Without it the files cannot be opened again, so it is backed up with them.
        """
        return os.environ.get("KEYLINE_OBJECT_KEYS") or f"local:{self.home.secret('object-keys')}"

    def _object_store_words(self) -> dict[str, str]:
        if self.external.object_store:
            return {"S3_BUCKET": BUCKET, **self.external.of("S3_", "AWS_")}
        store = self.object_store
        return {
            "S3_ENDPOINT_URL": store.endpoint,
            "S3_BUCKET": BUCKET,
            "AWS_ACCESS_KEY_ID": store.keys.access,
            "AWS_SECRET_ACCESS_KEY": store.keys.secret,
            "AWS_REGION": REGION,
        }

    def _prefect_words(self) -> dict[str, str]:
        folder = {"PREFECT_HOME": str(self.home.folder / "prefect-client"), "DO_NOT_TRACK": "1"}
        if self.external.prefect:
            return folder | self.external.of("PREFECT_")
        server = self.prefect
        return folder | {
            "PREFECT_API_URL": server.api_url,
            "PREFECT_API_AUTH_STRING": server.auth_string,
        }

    def _mail_words(self) -> dict[str, str]:
        if self.external.mail:
            return {"MAIL_FROM": MAIL_FROM, **self.external.of("SMTP_", "MAIL_")}
        port = str(self.home.port("mail"))
        return {
            "SMTP_HOST": LOOPBACK,
            "SMTP_PORT": port,
            "MAIL_FROM": MAIL_FROM,
            "KEYLINE_MAIL_IS_CAUGHT": "true",
        }
