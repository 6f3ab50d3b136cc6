"""Opaque page cursors: an offset, bound to one query over one corpus."""

from zlib import crc32

from app.errors import BadCursor

MAX_OFFSET = 1_000_000


def encode_cursor(offset: int, scope: str) -> str:
    """A cursor for the page at `offset`; `scope` is everything else that the page depends on."""
    return f"{offset}-{crc32(scope.encode()):08x}"


def decode_cursor(cursor: str | None, scope: str) -> int:
    """The offset of the page; without a cursor it is the first page. Raises BadCursor for a cursor that was not made
    for this `scope`."""
    if cursor is None:
        return 0
    offset = cursor.partition("-")[0]
    # The text is compared too, because int() also accepts other digits than 0 to 9.
    if offset.isdecimal() and 0 < int(offset) <= MAX_OFFSET and cursor == encode_cursor(int(offset), scope):
        return int(offset)
    detail = "It is damaged, or was made for another query or another corpus."
    allowed = "the value of `next` of the page before, with the same query"
    raise BadCursor(detail, parameter="cursor", value=cursor, allowed=allowed)
