"""Every error that a request can cause, in one tree. The API shows them as RFC 9457 problem details, and lists their
types in its description, from which the page takes them."""

from collections.abc import Iterator
from contextlib import contextmanager


class RequestError(Exception):
    """A request that cannot be answered. `name` is stable for programs, and so is `value`, the part of the request that
    is wrong, as it was given. The rest is for people."""

    name = "bad-request"
    title = "The request is not valid"
    status = 400

    def __init__(
        self, detail: str, *, parameter: str | None = None, value: str | None = None, allowed: str | None = None
    ) -> None:
        super().__init__(detail)
        self.detail, self.parameter, self.value, self.allowed = detail, parameter, value, allowed

    @classmethod
    def problem_type(cls) -> str:
        return f"urn:gutenberg-search:{cls.name}"


class InvalidParameter(RequestError):
    name, title = "invalid-parameter", "A parameter is not valid"


class WildcardTooShort(InvalidParameter):
    name, title = "wildcard-too-short", "A word has too few letters beside its wildcards"


class WildcardTooBroad(InvalidParameter):
    name, title = "wildcard-too-broad", "Wildcards stand for too many words"


class TooManyWildcards(InvalidParameter):
    name, title = "too-many-wildcards", "Too many words begin with a wildcard"


class TooManyNear(InvalidParameter):
    name, title = "too-many-near", "Too many words are near others"


class NearTooBroad(InvalidParameter):
    name, title = "near-too-broad", "NEAR is true of too many words"


class NotComparable(InvalidParameter):
    name, title = "not-comparable", "This cannot be counted book by book"


class EmptyQuery(RequestError):
    name, title = "empty-query", "The query has no words"


class QueryTooLong(RequestError):
    name, title = "query-too-long", "The query is too long"


class QueryStringTooLong(QueryTooLong):
    status = 414


class TooManyTerms(RequestError):
    name, title = "too-many-terms", "The query has too many terms"


class OnlyExclusions(RequestError):
    name, title = "only-exclusions", "The query only excludes words"


class BadCursor(RequestError):
    name, title = "bad-cursor", "The cursor does not belong to this query"


class NotFound(RequestError):
    name, title, status = "not-found", "There is nothing at this address", 404


class MethodNotAllowed(RequestError):
    name, title, status = "method-not-allowed", "The method is not allowed", 405


class UnknownBook(NotFound):
    name, title = "unknown-book", "There is no such book"


class UnknownAuthor(NotFound):
    name, title = "unknown-author", "There is no such author"


class UnknownSection(NotFound):
    name, title = "unknown-section", "The book has no such section"


class NoSuchPlace(NotFound):
    name, title = "no-such-place", "The reference names no place in these books"


class QueryTimeout(RequestError):
    name, title, status = "query-timeout", "The query took too long", 503


class Overloaded(RequestError):
    name, title, status = "overloaded", "The server has too much to do", 503


class ClientGone(RequestError):
    """The client is gone, so nobody gets the answer. 499 is nginx's status for it, in logs and metrics."""

    name, title, status = "client-gone", "The client closed the connection", 499

    def __init__(self) -> None:
        super().__init__("It did not wait for the answer.")


class Draining(RequestError):
    name, title, status = "draining", "The process is shutting down", 503


class InternalError(RequestError):
    """A fault of the program."""

    name, title, status = "internal-error", "Something went wrong in the server", 500


class ProxyError(RequestError):
    """What only nginx answers, with the texts of frontend/nginx/problems.conf."""


class BackendUnavailable(ProxyError):
    name, title, status = "backend-unavailable", "The search service does not answer", 503


class BodyTooLarge(ProxyError):
    name, title, status = "body-too-large", "The request is too large", 413


class HeadersTooLarge(ProxyError):
    name, title, status = "headers-too-large", "The headers are too large", 431


class TooManyRequests(ProxyError):
    name, title, status = "too-many-requests", "Too many requests", 429


def declared() -> list[type[RequestError]]:
    """All errors of the tree."""
    errors: list[type[RequestError]] = [RequestError]
    for error in errors:
        errors.extend(error.__subclasses__())
    return errors


@contextmanager
def blaming(parameter: str, value: str) -> Iterator[None]:
    """Blames this value of the parameter for errors in the block."""
    try:
        yield
    except RequestError as error:
        if error.parameter is not None:
            error.parameter, error.value = parameter, value
        raise
