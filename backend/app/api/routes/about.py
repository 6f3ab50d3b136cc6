"""GET /: which program answers, and from which shelf."""

from fastapi import APIRouter, Request, Response

from app.api.parameters import Index
from app.corpus.model import REAL_BOOKS_COMMAND, ShelfKind
from app.index.reader import IndexReader
from app.models.operation import About
from app.models.shelf import ShelfInfo
from app.settings import Settings

router = APIRouter(tags=["operation"])

NAME = "Gutenberg Search"


@router.get("/")
async def get_about(request: Request, response: Response, index: Index) -> About:
    """Name, version, commit, pod and shelf. Never cached, because each pod answers for itself."""
    response.headers["Cache-Control"] = "no-store"
    settings: Settings = request.app.state.settings
    return About(
        name=NAME,
        version=settings.version,
        commit=settings.commit,
        host=settings.pod_name,
        shelf=shelf_info(index),
    )


def shelf_info(index: IndexReader) -> ShelfInfo:
    manifest = index.manifest
    return ShelfInfo(
        kind=manifest.shelf.value,
        books=manifest.books,
        words=manifest.words,
        digest=manifest.corpus,
        advice=REAL_BOOKS_COMMAND if manifest.shelf is ShelfKind.SAMPLE else None,
    )
