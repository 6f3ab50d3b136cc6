"""The application: routes, error handlers and middleware."""

from fastapi import FastAPI

from app.api import metrics
from app.api.admission import Admission
from app.api.caching import edition
from app.api.middleware import Lifecycle, Observe
from app.api.problems import add_handlers
from app.api.routes import about, books, concordance, health, places, search, words
from app.index.reader import IndexReader
from app.settings import Settings

DESCRIPTION = """Full-text search over a shelf of books.

Offsets count Unicode code points. Errors are RFC 9457 problem details. Answers carry an ETag."""


def create_app(settings: Settings, index: IndexReader | None) -> FastAPI:
    """The API, at the root, over an open index. Without an index it can only describe itself."""
    # The page describes the API at /api/docs. FastAPI's own descriptions load their scripts from elsewhere.
    app = FastAPI(title=about.NAME, version=settings.version, description=DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.settings, app.state.index, app.state.lifecycle = settings, index, Lifecycle()
    app.state.edition, app.state.admission = edition(settings, index), Admission(settings)
    modules = (search, about, books, concordance, words, places, health)
    # The routes are added directly: include_router would look up the route of each request once more.
    app.router.routes[:0] = [route for module in modules for route in module.router.routes]
    add_handlers(app)
    app.add_middleware(Observe, lifecycle=app.state.lifecycle)
    metrics.describe(settings, index)
    return app
