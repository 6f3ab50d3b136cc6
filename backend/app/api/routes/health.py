"""Probes and metrics: whether the process lives, whether it should get requests, how it is doing."""

from fastapi import APIRouter, Request, Response

from app.api import metrics
from app.api.problems import RESPONSES
from app.errors import Draining
from app.models.operation import Health

router = APIRouter(tags=["operation"])

_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/healthz")
async def get_healthz(response: Response) -> Health:
    """Says that the process lives. Readiness plays no part, so that a draining pod is not restarted."""
    response.headers.update(_NO_STORE)
    return Health(status="ok")


@router.get("/readyz", responses={503: RESPONSES[503]})
async def get_readyz(request: Request, response: Response) -> Health:
    """Says that the index is open and the process is not shutting down."""
    response.headers.update(_NO_STORE)
    if request.app.state.lifecycle.draining:
        raise Draining("The process got SIGTERM: send requests to another one.")
    return Health(status="ok")


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def get_metrics() -> Response:
    """Metrics in Prometheus' text format."""
    return Response(metrics.exposition(), media_type="text/plain; version=0.0.4", headers=_NO_STORE)
