"""Opaque page cursors: an offset that is bound to one query over one corpus."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import blake2s

from app.errors import BadCursor

MAX_OFFSET = 1_000_000


def encode(offset: int, scope: str) -> str:
    """A cursor for the page at `offset`; `scope` is everything else that the page depends on."""
    return urlsafe_b64encode(f"{offset}.{_fingerprint(scope)}".encode()).decode().rstrip("=")


def decode(cursor: str, scope: str) -> int:
    """The offset of the page. Raises BadCursor for a cursor that was not made for `scope`."""
    try:
        offset = int(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").partition(".")[0])
        # Compared as it was written, because Python's base64 passes over what does not belong there.
        if 0 < offset <= MAX_OFFSET and cursor == encode(offset, scope):
            return offset
    except (ValueError, Error):
        pass
    detail = "It is damaged, or was made for another query or another corpus."
    raise BadCursor(detail, parameter="cursor", allowed="the value of `next` of the page before, with the same query")


def _fingerprint(scope: str) -> str:
    return blake2s(scope.encode(), digest_size=8).hexdigest()
