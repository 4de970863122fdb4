"""Which of a test's variants run in `make test`; THOROUGH=1 runs them all.

All of them take half an hour on two cores. Every test runs, in at least one variant.
"""

from __future__ import annotations

OFTEN = ("comfort", "hostile", "serve", "text")
"""Files that always run whole."""

_LOOKS = ({"phone", "light"}, {"desk", "dark"})
"""How axe sees a kind of page: half of them so, half of them so."""

_REST = {"dark", "digests", "tags", "vocabulary", "404"}
"""Left out wherever a test has a variant for it."""

_ENOUGH = {
    # What pages of one template share: one of each template.
    "test_any_page_prints_black_on_white_without_chrome": {"home", "source", "paper", "about"},
    "test_every_page_leads_to_feeds_that_can_be_read": {"home", "paper", "tag", "data"},
    "test_every_page_shows_well_where_it_is_linked": {"home", "paper", "author", "about"},
    # The same way through the same code, of which each end is one variant.
    "test_who_gets_the_address_sees_what_was_seen_while_typing": {"multi", '"dense ret'},
    "test_without_its_index_the_search_says_so_and_recovers": {"missing", "half"},
    "test_storage_that_is_damaged_or_blocked_does_no_harm": {"other things", "blocked"},
    "test_what_an_address_holds_that_is_unknown_breaks_nothing": {"prototype", "markup", "broken"},
    "test_a_damaged_store_keeps_what_can_be_read_and_puts_the_rest_aside": {"cut", "bad-rows"},
    "test_keys_of_the_browser_stay_the_browser_s": {"Control"},
    "test_keys_keep_out_of_fields_and_dialogs": {"input", "editable", "dialog"},
    "test_the_cite_button_of_a_page_shows_the_file_beside_it": {"digest", "paper"},
    "test_it_opens_from_any_page_and_gives_the_focus_back": {"home", "lost"},
    "test_a_first_search_fetches_little_and_the_same_one_nothing_more": {
        "retrieval learning",
        "wombats",
    },
    "test_what_can_be_asked_gives_the_papers_it_should": {
        "a phrase",
        "in the title",
        "without a phrase",
        "of a tag with code",
        "of that day or later",
        "not earlier",
    },
    "test_of_a_broken_file_what_can_be_read_is_offered": {"broken-parts", "null", "endless"},
    "test_a_link_that_cannot_be_read_says_so": {"0", "6", "200000"},
    "test_a_last_visit_that_cannot_be_read_is_none": {"1e300", "null"},
    "test_a_hostile_address_breaks_nothing": {"markup", "prototype", "no number", "long", "bare"},
    "test_hostile_words_are_shown_as_text": {"image", "script", "prototype", "quotes", "signs"},
    "test_a_generated_page_fetches_nothing_of_the_theme": {"home", "map", "saved"},
    # What is joined; Python's side of the same table is tested in full.
    "test_scripts_join_the_table_of_cases_as_python_does": {"8"},
}
"""By the name of a test, the parts of variants of which one that runs has at least one."""


def is_repeat(nodeid: str) -> bool:
    """Say whether `make test` does without a variant of a test in the browser.

    A test runs at 390 or at 1280 px and in the light scheme; axe looks at each kind of page on a
    light phone or on a dark desk.
    """
    here = "tests/browser/test_browser_"
    if here not in nodeid or any(f"{here}{name}.py" in nodeid for name in OFTEN):
        return False
    function, _, variant = nodeid.rpartition("::")[2].partition("[")
    parts = set(variant.removesuffix("]").split("-"))
    if f"{here}accessibility.py" in nodeid:
        looks = parts & {"phone", "desk", "light", "dark"}
        kind = sum(map(ord, "".join(sorted(parts - looks))))
        return looks != _LOOKS[kind % 2]
    screen = "phone" if sum(map(ord, function)) % 2 else "desk"
    if {"phone", "desk"} & parts and screen not in parts:
        return True
    enough = _ENOUGH.get(function)
    if enough is not None and not enough & {*parts, variant.removesuffix("]")}:
        return True
    return bool(parts & _REST)
