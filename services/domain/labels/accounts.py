"""Labels of signing in: how people prove who they are, and what they do with their accounts."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "ProofMethod": {
        "password": "password",
        "code_app": "code from an app",
        "passkey": "passkey",
        "recovery_code": "recovery code",
        "one_time_address": "one-time address and code",
        "organisation": "organisation",
    },
    "AccountEvent": {
        "signed_in": "signed in",
        "sign_in_refused": "wrong password",
        "role_chosen": "chose this role",
        "signed_out": "signed out",
        "proved_again": "showed again that it is them, before a decision",
        "signed_out_by_provider": "signed out by their organisation",
        "provider_refused": "was not vouched for by an organisation",
        "sessions_ended": "ended other sessions of their own",
    },
}
