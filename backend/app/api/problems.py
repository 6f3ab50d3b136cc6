"""Errors as RFC 9457 problem details: one shape for all of them."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.errors import RequestError
from app.models import Problem

PROBLEM_TYPE = "application/problem+json"
_RETRY_AFTER = {"Retry-After": "1"}
_SHOWN = 80
# By the first word of pydantic's type of error: int_parsing, bool_parsing, missing.
_ALLOWED_TYPES = {"int": "a whole number", "bool": "true or false", "missing": "it must be given"}

_PROBLEM: dict[str, Any] = {"model": Problem, "content": {PROBLEM_TYPE: {}}}

RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {**_PROBLEM, "description": "Something is wrong with the request"},
    503: {**_PROBLEM, "description": "Too slow, overloaded, or shutting down"},
}


def add_handlers(app: FastAPI) -> None:
    """Whoever raises an error that a request caused, it becomes a problem."""
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)


def problem(name: str, title: str, status: int, detail: str, **more: Any) -> Response:
    body = Problem(type=f"urn:gutenberg-search:{name}", title=title, status=status, detail=detail, **more)
    headers = {"Cache-Control": "no-store", **(_RETRY_AFTER if status == 503 else {})}
    given = {name: value for name, value in asdict(body).items() if value is not None}
    return Response(orjson.dumps(given), status, headers, PROBLEM_TYPE)


def of_error(error: RequestError) -> Response:
    more = {"parameter": error.parameter, "value": error.value, "allowed": error.allowed}
    return problem(error.name, error.title, error.status, error.detail, **more)


def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return of_error(error)


def _validation_error(request: Request, error: Exception) -> Response:
    """The first thing that is wrong with the parameters, in words."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    parameter = ".".join(part for part in first["loc"][1:] if isinstance(part, str))  # without a place in a list
    given = str(first.get("input"))
    shown = given if len(given) <= _SHOWN else given[:_SHOWN] + "…"
    detail = "It is missing." if first["type"] == "missing" else f"“{shown}” is not valid: {first['msg']}."
    return problem(
        "invalid-parameter", "A parameter is not valid", 400, detail, parameter=parameter, allowed=_allowed(first)
    )


def _allowed(error: dict[str, Any]) -> str | None:
    limits = error.get("ctx", {})
    words = {"ge": "at least", "le": "at most", "max_length": "length at most", "min_length": "length at least"}
    if "expected" in limits:
        return str(limits["expected"])
    stated = [f"{text} {limits[name]}" for name, text in words.items() if name in limits]
    return ", ".join(stated) or _ALLOWED_TYPES.get(str(error["type"]).partition("_")[0])


def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        detail = "No route has this path. /openapi.json lists all of them."
        return problem("not-found", "There is nothing at this address", 404, detail)
    # "Method Not Allowed" is method-not-allowed, as nginx calls it too.
    name = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    response = problem(name, str(error.detail), error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] += ", HEAD"  # app.api.middleware answers it
    return response


def unexpected() -> Response:
    """For a mistake of our own."""
    detail = "The server made a mistake. Its log has the details under this response's X-Request-ID."
    return problem("internal-error", "Something went wrong in the server", 500, detail)
