"""Quantities and selectors mean what they mean to Kubernetes."""

from decimal import Decimal
from typing import Any

import pytest

from gitops.manifests.objects import selects
from gitops.manifests.quantity import quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [("250m", "0.25"), ("128Mi", "134217728"), ("1Gi", "1073741824"), (2, "2"), ("1.5", "1.5"), ("2k", "2000")],
)
def test_quantities(text: str | int, number: str) -> None:
    assert quantity(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1 Mi", "128MB", "-1", "m"])
def test_a_text_that_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a quantity"):
        quantity(text)


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        (None, False),
        ({}, True),
        ({"matchLabels": {"a": "1"}}, True),
        ({"matchLabels": {"a": "1", "b": "2"}}, False),
        ({"matchExpressions": [{"key": "a", "operator": "In", "values": ["1", "2"]}]}, True),
        ({"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["1"]}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "Exists"}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "DoesNotExist"}]}, True),
    ],
)
def test_selectors(selector: dict[str, Any] | None, chosen: bool) -> None:
    assert selects(selector, {"a": "1"}) is chosen
