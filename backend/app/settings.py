"""All settings, read from environment variables with the prefix GUTENBERG_ (GUTENBERG_PORT=9000)."""

import socket
import sys
from pathlib import Path
from typing import Annotated

from pydantic import DirectoryPath, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

Seconds = Annotated[float, Field(ge=0, le=600)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GUTENBERG_", frozen=True, env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 in a container")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    index_dir: Path = Field(Path("build/index"), description="where the index is; it may be read-only")
    corpus_dir: Path | None = Field(
        None, description="a folder of .txt, .md, .html or .epub files to index instead of NLTK's corpus"
    )
    download_dir: Path = Field(Path("build/nltk_data"), description="where a corpus that is not found is fetched to")
    page_dir: DirectoryPath | None = Field(None, description="the built page, to serve it at / and the API at /api")
    version: str = Field("dev", description="version that GET / and the page show")
    commit: str = Field("unknown", description="git commit that GET / and the page show")
    pod_name: str = Field(default_factory=socket.gethostname, description="name of the pod or host that answers")
    query_seconds: Seconds = Field(2.0, description="a query that takes longer, with its wait, is stopped with 503")
    workers: int = Field(2, ge=1, le=32, description="costly queries that are computed at a time")
    queue_length: int = Field(32, ge=0, description="requests that may wait in each queue; more are refused with 503")
    queue_seconds: Seconds = Field(1.0, description="how long a request may wait before it is refused with 503")
    downloads: int = Field(8, ge=1, description="files that are sent at a time; each holds some 2 MB of memory")
    download_seconds: Seconds = Field(20.0, description="a file that takes longer is cut, and says so at its end")
    cache_seconds: int = Field(60, ge=0, description="how long a browser may keep an answer without asking again")
    drain_seconds: Seconds = Field(
        0.0, description="after SIGTERM: how long readiness fails while requests are still served"
    )
    shutdown_seconds: Seconds = Field(20.0, description="after the drain: how long requests in flight may still take")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="least level that is logged")


def load() -> Settings:
    """The settings. Ends the program with status 2, and one line per invalid setting, if any is invalid."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "GUTENBERG_" + "_".join(map(str, problem["loc"])).upper()
            print(f"error: {name}={problem['input']!r}: {problem['msg']}", file=sys.stderr)
        sys.exit(2)
