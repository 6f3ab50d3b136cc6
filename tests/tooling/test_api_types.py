"""The page's API types are made from the backend's own OpenAPI document; the page's tests hold the types to it."""

import openapi


def test_the_openapi_document_is_that_of_the_backend() -> None:
    assert openapi.TARGET.read_text(encoding="utf-8") == openapi.document(), "run: make api-types"
