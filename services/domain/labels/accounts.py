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
    "TokenKind": {
        "access": "token of the API",
        "code": "code for a token of the API",
    },
    "AccountEvent": {
        "signed_in": "signed in",
        "sign_in_refused": "wrong password",
        "role_chosen": "chose this role",
        "signed_out": "signed out",
        "signed_out_by_provider": "signed out by their organisation",
        "provider_refused": "was not vouched for by an organisation",
        "sessions_ended": "ended other sessions of their own",
        "password_changed": "changed their password",
        "password_reset": "chose another password by a one-time address",
        "second_factor_refused": "right password, wrong second factor",
        "factor_added": "added a second factor to their account",
        "factor_removed": "removed a second factor from their account",
        "recovery_codes_made": "made new recovery codes",
        "recovery_code_used": "signed in with a recovery code",
        "proved_again": "showed again that it is them",
        "factors_cleared": "had the lost second factor of somebody taken away",
        "proof_refused": "could not show again that it is them",
        "token_given": "was given a token of the API",
        "token_refused": "was refused a token of the API",
        "identity_ended": "removed an organisation's sign-in from their account",
    },
    "OwnerNotice": {
        "password_reset": "one-time address to choose another password",
        "password_changed": "password changed",
        "factor_added": "second factor added",
        "factor_removed": "second factor removed",
        "recovery_code_used": "recovery code used",
        "recovery_codes_made": "new recovery codes made",
        "second_factor_tried": "second factor tried too often",
        "proof_tried": "proof in a session tried too often",
        "new_browser": "sign-in with a new browser",
        "factors_cleared": "lost second factor taken away",
        "identity_bound": "organisation's sign-in added",
        "identity_ended": "organisation's sign-in removed",
    },
}
