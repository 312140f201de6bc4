"""A table that is sent as a file, Excel or CSV."""

from fastapi import Response

from services.documents.tables import TableFile
from services.storage.file_names import disposition


def sent_as_file(table: TableFile, name: str) -> Response:
    """Return the answer by which a browser saves the table under this name."""
    headers = {"content-disposition": disposition(f"{name}.{table.extension}")}
    return Response(table.content, headers=headers, media_type=table.media_type)
