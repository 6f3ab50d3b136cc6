"""Every error that a request can cause, as one tree. The API shows them as RFC 9457 problem details."""


class RequestError(Exception):
    """Something is wrong with a request. `name` is stable for programs, the rest is for people."""

    name = "bad-request"
    title = "The request is not valid"
    status = 400

    def __init__(self, detail: str, *, parameter: str | None = None, allowed: str | None = None) -> None:
        super().__init__(detail)
        self.detail, self.parameter, self.allowed = detail, parameter, allowed


class InvalidParameter(RequestError):
    name, title = "invalid-parameter", "A parameter is not valid"


class EmptyQuery(RequestError):
    name, title = "empty-query", "The query has no words"


class QueryTooLong(RequestError):
    name, title = "query-too-long", "The query is too long"


class TooManyTerms(RequestError):
    name, title = "too-many-terms", "The query has too many terms"


class OnlyExclusions(RequestError):
    name, title = "only-exclusions", "The query only excludes words"


class BadCursor(RequestError):
    name, title = "bad-cursor", "The cursor does not belong to this query"


class NotFound(RequestError):
    name, title, status = "not-found", "There is nothing at this address", 404


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
    """Nobody gets the answer; 499 is nginx's number for it in logs and metrics."""

    name, title, status = "client-gone", "The client closed the connection", 499

    def __init__(self) -> None:
        super().__init__("It did not wait for the answer.")


class Draining(RequestError):
    name, title, status = "draining", "The process is shutting down", 503
