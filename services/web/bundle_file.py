"""The ZIP file of several documents: each proven as it is added, and the manifest of them all."""

import shutil
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Final
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from services.casework.access.document_bundle import Bundle, BundledDocument
from services.domain.alerts import AlertCode
from services.storage import KeyMissing, Store, StoredContentChanged
from services.storage.downloads import fetch
from services.storage.watermarks import with_watermark
from services.web.sending import ALERTS

_WHY: Final = {
    AlertCode.DIGEST_MISMATCH: "It is not the file that was stored. An alert is raised.",
    AlertCode.KEY_MISSING: "The key with which it is encrypted is missing. An alert is raised.",
}
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def written(
    store: Store, bundle: Bundle, file: SpooledTemporaryFile[bytes]
) -> tuple[Bundle, set[AlertCode]]:
    """Write the documents and their manifest; return what was left out of it, and the alerts."""
    alerts: dict[UUID, AlertCode] = {}
    digests: dict[UUID, str] = {}
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for one in bundle.sent:
            try:
                digests[one.id] = _add(store, archive, one)
            except (StoredContentChanged, KeyMissing) as trouble:
                alerts[one.id] = ALERTS[type(trouble)]
        told = bundle.as_written({one: _WHY[code] for one, code in alerts.items()}, digests)
        for name, content in told.manifest.items():
            archive.writestr(name, content)
    return told, set(alerts.values())


def _add(store: Store, archive: ZipFile, one: BundledDocument) -> str:
    """Add one document, once it is read whole and proven; return the digest of a marked copy."""
    entry = ZipInfo(one.name, max(one.made_at.timetuple()[:6], _EARLIEST))
    with fetch(store, *one.stored) as content:
        if one.line:
            marked = with_watermark(content.read(), one.line)
            archive.writestr(entry, marked)
            return sha256(marked).hexdigest()
        with archive.open(entry, "w") as member:
            shutil.copyfileobj(content, member)
    return ""
