"""Whatever is sent within the OpenAPI document, and around its limits, gets an answer that conforms to it."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api.app import create_app
from app.index.reader import IndexReader
from tests.backend.api.conftest import SETTINGS

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

app = create_app(SETTINGS, index=None)
document = schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture(autouse=True)
def _index(small_index: IndexReader) -> None:
    app.state.index = small_index


@document.parametrize()
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
def test_every_answer_conforms_to_the_document(case: Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)


def test_every_route_and_parameter_is_described() -> None:
    for path, operations in app.openapi()["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                shown = parameter["schema"]
                described = parameter.get("description") or "minimum" in shown or "$ref" in shown or "examples" in shown
                assert described, (path, parameter["name"])
