"""Errors as RFC 9457 problem details, one shape for all of them."""

from dataclasses import asdict
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from app.errors import InvalidParameter, MethodNotAllowed, NotFound, RequestError
from app.models.operation import Problem

_MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = {"Retry-After": "1"}
_METHODS = "GET, HEAD"
_SHOWN = 80
# The first word of pydantic's type of error (int_parsing, bool_parsing, missing) and what is allowed instead.
_ALLOWED_TYPES = {"int": "a whole number", "bool": "true or false", "missing": "it must be given"}

_PROBLEM: dict[str, Any] = {"model": Problem, "content": {_MEDIA_TYPE: {}}}

RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {**_PROBLEM, "description": "Something is wrong with the request"},
    503: {**_PROBLEM, "description": "Too slow, overloaded, or shutting down"},
}


def add_handlers(app: FastAPI) -> None:
    """Turns the errors that a request causes into problems, wherever they are raised."""
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _method_not_allowed)


def problem(error: RequestError) -> Response:
    body = Problem(
        type=error.problem_type(),
        title=error.title,
        status=error.status,
        detail=error.detail,
        parameter=error.parameter,
        value=error.value,
        allowed=error.allowed,
    )
    headers = {"Cache-Control": "no-store", **(_RETRY_AFTER if error.status == 503 else {})}
    given = {name: value for name, value in asdict(body).items() if value is not None}
    return Response(orjson.dumps(given), error.status, headers, _MEDIA_TYPE)


def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return problem(error)


def _validation_error(request: Request, error: Exception) -> Response:
    """The first error in the parameters, in words."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    parameter = ".".join(part for part in first["loc"][1:] if isinstance(part, str))  # without an index in a list
    given = str(first.get("input"))
    shown = given if len(given) <= _SHOWN else given[:_SHOWN] + "…"
    detail = "It is missing." if first["type"] == "missing" else f"“{shown}” is not valid: {first['msg']}."
    return problem(InvalidParameter(detail, parameter=parameter, allowed=_allowed(first)))


def _allowed(error: dict[str, Any]) -> str | None:
    limits = error.get("ctx", {})
    words = {"ge": "at least", "le": "at most", "max_length": "length at most", "min_length": "length at least"}
    if "expected" in limits:
        return str(limits["expected"])
    stated = [f"{text} {limits[name]}" for name, text in words.items() if name in limits]
    return ", ".join(stated) or _ALLOWED_TYPES.get(str(error["type"]).partition("_")[0])


def _not_found(request: Request, error: Exception) -> Response:
    return problem(NotFound("No route has this path. /openapi.json lists all of them."))


def _method_not_allowed(request: Request, error: Exception) -> Response:
    response = problem(MethodNotAllowed("The API only reads.", allowed=_METHODS))
    response.headers["Allow"] = _METHODS
    return response
