"""A backup in a bucket: both files are put there, and the newest is fetched again as it was."""

import pytest

from deployments.backup.bucket import fetch_backup, put_backup
from services.domain.errors import NotFound
from tests.servers import bucket_of, real_bucket

NAME = "keyline-20260717T120000Z"


def test_what_was_put_is_fetched_as_it_was_and_the_newest_where_none_is_named(
    object_store, tmp_path
):
    bucket = real_bucket(bucket_of(object_store, "backups"))
    made, fetched = tmp_path / "made", tmp_path / "fetched"
    for folder in (made, fetched):
        folder.mkdir()
    with pytest.raises(NotFound, match="no backup"):
        fetch_backup(bucket, fetched)
    for name, content in ((NAME, b"new" * 5_000_000), ("keyline-20260716T120000Z", b"old")):
        (made / f"{name}.backup").write_bytes(content)
        (made / f"{name}.json").write_bytes(content[:3])
        put_backup(bucket, made, name)
    manifest = fetch_backup(bucket, fetched)
    assert manifest == fetched / f"{NAME}.json"
    assert manifest.read_bytes() == b"new"
    assert manifest.with_suffix(".backup").read_bytes() == b"new" * 5_000_000
    older = fetch_backup(bucket, fetched, "keyline-20260716T120000Z")
    assert older.with_suffix(".backup").read_bytes() == b"old"
