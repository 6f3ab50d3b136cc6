"""When a request is sent again, and after what wait: after 429, after a fault of the server, and without an answer."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from gitops.errors import RateLimited, Unreachable

ATTEMPTS = 4
LONGEST_WAIT = 120.0
"""Seconds that all waits of one request may take together."""
_LONGEST_TOLD = 1e9

Sleep = Callable[[float], None]


def retried(send: Callable[[], httpx.Response], host: str, sleep: Sleep = time.sleep) -> httpx.Response:
    """An answer that a wait would not change: anything but 429, and 500 or more only when it comes every time.

    Raises RateLimited when the registry asks for more patience than there is, and Unreachable when it never answers.
    """
    patience = LONGEST_WAIT
    for attempt in range(1, ATTEMPTS + 1):
        pause = random.uniform(0, 0.5 * 2**attempt)
        try:
            response = send()
        except httpx.HTTPError as error:
            if attempt == ATTEMPTS:
                raise _unreachable(host, error) from error
        else:
            if response.status_code == 429:
                pause = _told_to_wait(response, pause)
                if pause > patience or attempt == ATTEMPTS:
                    raise _rate_limited(host, pause)
            elif response.status_code < 500 or attempt == ATTEMPTS:
                return response
        patience -= pause
        sleep(pause)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _told_to_wait(response: httpx.Response, otherwise: float) -> float:
    """Seconds by the Retry-After header (RFC 9110, section 10.2.3), which is a number or a date."""
    value = response.headers.get("retry-after", "")
    if value.isascii() and value.isdecimal():
        return min(float(value), _LONGEST_TOLD)
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return otherwise


def _rate_limited(host: str, pause: float) -> RateLimited:
    return RateLimited(
        f"{host} asks for a wait of {pause:.0f} seconds before the next request.",
        "Run this again after that; with credentials the limits are higher.",
    )


def _unreachable(host: str, error: httpx.HTTPError) -> Unreachable:
    what = str(error) or type(error).__name__
    return Unreachable(
        f"{host} cannot be reached, tried {ATTEMPTS} times: {what}", "Check the network, and run this again."
    )
