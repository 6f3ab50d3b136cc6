from pathlib import Path

import pytest

from app.settings import Settings, load

EXAMPLES = {
    "host": "0.0.0.0",
    "port": "9000",
    "index_dir": "/srv/index",
    "corpus_dir": "/srv/books",
    "download_dir": "/srv/nltk",
    "page_dir": "/",
    "version": "1.2.3",
    "commit": "abc",
    "pod_name": "pod-7",
    "query_seconds": "0.5",
    "workers": "1",
    "queue_length": "8",
    "queue_seconds": "0.2",
    "downloads": "2",
    "download_seconds": "60",
    "cache_seconds": "5",
    "drain_seconds": "4",
    "shutdown_seconds": "3",
    "log_level": "debug",
}


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_described_and_read_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.model_fields[name].description
    monkeypatch.setenv(f"GUTENBERG_{name.upper()}", EXAMPLES[name])
    value = getattr(load(), name)
    assert type(value)(EXAMPLES[name]) == value
    assert value != getattr(Settings(_env_prefix="NOTHING_"), name)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUTENBERG_PORT", "")
    assert load().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("QUERY_SECONDS", "-1"),
        ("DRAIN_SECONDS", "601"),
        ("SHUTDOWN_SECONDS", "nan"),
        ("WORKERS", "0"),
        ("CACHE_SECONDS", "1.5"),
        ("LOG_LEVEL", "loud"),
        ("PAGE_DIR", "/nowhere"),
    ],
)
def test_a_value_that_is_not_valid_gives_one_clear_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"GUTENBERG_{name}", value)
    with pytest.raises(SystemExit) as ended:
        load()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"error: GUTENBERG_{name}='{value}': ")
    assert said.count("\n") == 1


def test_each_of_several_has_its_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GUTENBERG_PORT", "many")
    monkeypatch.setenv("GUTENBERG_LOG_LEVEL", "loud")
    with pytest.raises(SystemExit):
        load()
    assert [line.split("=")[0] for line in capsys.readouterr().err.splitlines()] == [
        "error: GUTENBERG_PORT",
        "error: GUTENBERG_LOG_LEVEL",
    ]


def test_the_page_is_where_a_directory_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUTENBERG_PAGE_DIR", str(tmp_path))
    assert load().page_dir == tmp_path
