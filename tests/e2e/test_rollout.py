"""The live view of a rollout: one version is replaced by another while the page is asking."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.server import Server


def test_a_rollout_is_seen_version_by_version_with_the_requests_it_lost(own_server: Server, open_window: Open) -> None:
    own_server.stop()
    own_server.start(version="1.0", commit="aaaaaaa1", pod_name="backend-old")
    window = open_window(own_server)
    window.expects_failed_requests = True
    page = window.page
    page.goto("/about")
    live = page.get_by_role("region", name="Live rollout")
    summary = live.get_by_text(re.compile(r"^\d+ requests?, "))
    live.get_by_role("button", name="Start watching").click()
    expect(live.get_by_role("img", name=re.compile("^backend-old: [1-9]"))).to_be_visible()
    expect(summary).to_contain_text("none failed")

    own_server.stop()
    failed = live.get_by_role("img", name=re.compile("^failed: [1-9]"))
    expect(failed).to_be_visible()
    own_server.start(version="2.0", commit="bbbbbbb2", pod_name="backend-new")
    expect(live.get_by_role("img", name=re.compile("^backend-new: [1-9]"))).to_be_visible()
    expect(page.get_by_test_id("announcer")).to_have_text(re.compile(r"^Version 2\.0 .*now answers\."))
    expect(page.get_by_role("region", name="Answering now")).to_contain_text("backend-new")
    live.get_by_role("button", name="Stop watching").click()

    legend = dict(
        re.findall(r"(1\.0|2\.0|failed)\D.*?(\d+)$", "\n".join(live.get_by_role("listitem").all_inner_texts()), re.M)
    )
    assert set(legend) == {"1.0", "2.0", "failed"}
    total, lost = map(int, re.findall(r"\d+", summary.text_content() or ""))
    assert lost == int(legend["failed"])
    assert total == sum(map(int, legend.values()))
    # Each poll is a mark in the lane of the pod that answered it, with the version's own shape.
    marks = live.get_by_role("img").locator("g")
    expect(marks).to_have_count(total)
    shapes = set(live.locator("path[data-kind]").evaluate_all("all => all.map(path => path.dataset.kind)"))
    assert shapes == {"0", "1"}
    expect(failed.locator("g")).to_have_count(lost)

    live.get_by_role("button", name="Clear").click()
    expect(live.get_by_role("img")).to_have_count(0)
