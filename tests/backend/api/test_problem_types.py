"""What can be wrong with a request is declared in app.errors alone: the API's description lists it, and nginx answers
with its texts."""

import json
import re
from typing import Any

from fastapi import FastAPI

from app.errors import ProxyError, declared
from bootstrap.processes import ROOT

NGINX = (ROOT / "frontend/nginx/problems.conf").read_text(encoding="utf-8")
PROBLEMS: list[dict[str, Any]] = [json.loads(text) for text in re.findall(r"'(\{.*\})'", NGINX)]


def test_the_description_of_the_api_lists_the_types_of_all_problems(app: FastAPI) -> None:
    listed = app.openapi()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert sorted(listed) == sorted({error.problem_type() for error in declared()})
    assert "urn:gutenberg-search:wildcard-too-short" in listed


def test_the_problems_that_nginx_answers_are_declared_with_title_and_status() -> None:
    known = {(error.problem_type(), error.title, error.status) for error in declared()}
    assert [
        problem for problem in PROBLEMS if (problem["type"], problem["title"], problem["status"]) not in known
    ] == []


def test_nginx_answers_all_that_is_declared_as_its_own() -> None:
    assert {error.problem_type() for error in ProxyError.__subclasses__()} <= {problem["type"] for problem in PROBLEMS}


def test_nginx_gives_each_status_the_problem_of_that_status() -> None:
    mapped = re.findall(r"^    (\d{3}) '(\{.*\})';", NGINX, re.MULTILINE)
    assert len(mapped) >= 6
    assert [status for status, text in mapped if json.loads(text)["status"] != int(status)] == []
