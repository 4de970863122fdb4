"""The tests' own readers: what they must not miss, and what one leaves to the next."""

from __future__ import annotations

import pytest
from readers import OpenReader, Reader

_STORE = """() => new Promise((done) => {
    localStorage.setItem("mine", 1);
    sessionStorage.setItem("mine", 1);
    document.cookie = "mine=1";
    indexedDB.open("mine").onsuccess = async ({ target }) => {
        target.result.close();
        await caches.open("mine");
        done();
    };
})"""
_STORED = """async () => [
    localStorage.mine, sessionStorage.mine, document.cookie,
    (await indexedDB.databases()).some(({ name }) => name === "mine"),
    (await caches.keys()).includes("mine")]"""
"""Not how much is kept: the site itself notes when it was visited, in its own time."""


def test_a_window_that_is_used_again_has_nothing_of_the_reader_before(
    open_reader: OpenReader,
) -> None:
    reader = open_reader()
    reader.open("about/")
    reader.page.evaluate(_STORE)
    assert all(reader.page.evaluate(_STORED))
    reader.page.set_viewport_size({"width": 500, "height": 500})
    reader.page.emulate_media(media="print", color_scheme="dark")
    reader.renew()
    reader.open("about/")
    assert not any(reader.page.evaluate(_STORED))
    assert reader.page.evaluate("() => [innerWidth, innerHeight]") == [1280, 900]
    seen = (
        "() => ['screen', '(prefers-color-scheme: light)'].every((one) => matchMedia(one).matches)"
    )
    assert reader.page.evaluate(seen)


def leave(reader: Reader, address: str) -> None:
    reader.page.evaluate("(address) => fetch(address).catch(() => {})", address)


@pytest.mark.parametrize("address", ["https://example.org/x", "http://192.0.2.1/x"])
def test_a_request_to_another_machine_is_a_complaint_and_does_not_leave(
    open_reader: OpenReader, address: str
) -> None:
    reader = open_reader()
    # A page without a policy, which would forbid the request before it is made.
    reader.open("papers.json")
    leave(reader, address)
    assert any(f"another machine: {address}" in one for one in reader.complaints)
    assert any("ERR_PROXY_CONNECTION_FAILED" in one for one in reader.complaints)
    reader.complaints.clear()
