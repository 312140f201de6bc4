"""What the worker's processes share is read before the fork, and nothing is connected by it."""

import json
import os
import subprocess
import sys
from base64 import b64encode

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import json, os, psutil
from deployments.worker.memory import share_before_forking
from services.bootstrap import neighbours
from services.documents.pdf import fonts

share_before_forking()
us = psutil.Process()
is_socket = lambda one: "socket:" in os.path.realpath(f"/proc/self/fd/{one}")
print(json.dumps({
    "threads": us.num_threads(), "connections": sum(map(is_socket, os.listdir("/proc/self/fd"))),
    "read": [neighbours.cache_info().currsize, fonts.cache_info().currsize],
}))
"""
NOWHERE = {  # nothing answers at any of these
    "KEYLINE_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/none",
    "KEYLINE_CONTEXT_KEY": "k" * 32,
    "KEYLINE_SECRET_KEY": "k" * 32,
    "KEYLINE_BASE_URL": "http://127.0.0.1:9",
    "KEYLINE_OBJECT_KEYS": "local:" + b64encode(b"k" * 32).decode(),
    "S3_BUCKET": "none",
    "S3_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nobody",
    "MAIL_FROM": "keyline@example.org",
    "SMTP_HOST": "127.0.0.1",
    "SMTP_PORT": "9",
}


def test_before_the_fork_all_is_read_without_a_connection_or_a_thread():
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **NOWHERE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout) == {"threads": 1, "connections": 0, "read": [1, 1]}
