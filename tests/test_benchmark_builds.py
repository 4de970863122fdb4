"""The measurements of builds: their corpus, their arithmetic, and what a command costs."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks import builds, corpus, leavings, liveserve, rivals
from benchmarks.buildtable import Goal, goals, growth, ratios, tables
from benchmarks.processes import CommandError, Cost, Running, measure
from generator.reading import read_bytes

REAL = """new

Get papers by mail

Feb 29

First title

First abstract has words.
And a second line.

Second title

Second abstract.
"""


@pytest.fixture
def real(tmp_path: Path) -> Path:
    path = tmp_path / "real.txt"
    path.write_text(REAL, encoding="utf-8")
    return path


def made_up(papers: int) -> list[tuple[str, str]]:
    return list(islice(corpus.made_up(random.Random(1)), papers))  # noqa: S311


def words(papers: int) -> list[str]:
    return [
        word.strip(".,:").lower() for pair in made_up(papers) for word in " ".join(pair).split()
    ]


def test_the_same_arguments_make_the_same_papers_and_another_seed_makes_others() -> None:
    assert list(corpus.digests(90)) == list(corpus.digests(90))
    assert list(corpus.digests(90)) != list(corpus.digests(90, seed=6))


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    small, large = list(corpus.digests(120)), list(corpus.digests(300))
    assert large[: len(small)] == small
    assert [name for name, _ in large][:2] == ["2020-01-01.txt", "2020-01-02.txt"]


def test_the_newest_digest_follows_on_the_corpus_and_has_papers_of_its_own() -> None:
    digests = list(corpus.digests(100))
    name, text = corpus.newest(100)
    assert name > digests[-1][0]
    # A corpus that goes on has the same papers, in digests that are filled up.
    assert text.strip() in "\n\n".join(text.strip() for _, text in corpus.digests(160))


def test_papers_that_are_made_up_are_read_as_what_they_are() -> None:
    for name, text in corpus.digests(100):
        digest = read_bytes(text.encode(), name)
        pairs = text.strip().split("\n\n")
        assert [record.title for record in digest.records] == pairs[::2]
        assert [record.abstract for record in digest.records] == pairs[1::2]
        assert not digest.problems


def test_made_up_abstracts_are_as_long_as_real_ones() -> None:
    lengths = sorted(len(text.split()) for _, text in made_up(500))
    assert 130 < sum(lengths) / 500 < 180
    assert lengths[50] < 100
    assert lengths[450] > 200


def test_made_up_papers_keep_bringing_new_words_most_of_which_come_once() -> None:
    some, more = words(200), words(1000)
    assert 15_000 < len(set(more)) < 30_000
    assert 2 < len(set(more)) / len(set(some)) < 4
    counts = Counter(more)
    assert sum(count == 1 for count in counts.values()) > 0.4 * len(counts)


def test_real_papers_stand_as_they_are_and_made_up_ones_follow(real: Path) -> None:
    ((_, text),) = corpus.digests(3, real)
    blocks = text.strip().split("\n\n")
    pairs = list(zip(blocks[::2], blocks[1::2], strict=True))
    assert sorted(pairs[:2]) == [
        ("First title", "First abstract has words. And a second line."),
        ("Second title", "Second abstract."),
    ]
    assert len(pairs) == 3


def test_a_project_is_made_with_the_papers_asked_for_and_nothing_else(tmp_path: Path) -> None:
    corpus.make(tmp_path / "project", 70)
    names = sorted(path.name for path in (tmp_path / "project/docs/digests").glob("*.txt"))
    assert names == ["2020-01-01.txt", "2020-01-02.txt"]
    assert (tmp_path / "project/mkdocs.yml").is_file()


def costs(*seconds: float | None) -> list[Cost | None]:
    return [None if cpu is None else Cost(cpu, cpu, 100_000_000) for cpu in seconds]


def test_what_is_compared_comes_from_the_same_round() -> None:
    assert ratios(costs(1, 2, 3), costs(10, 10, 10)) == (0.1, 0.2, 0.3)
    assert ratios(costs(1, None, 3), costs(10, 10, None)) == (0.1,)
    assert ratios(costs(1), []) == ()


def test_growth_is_the_cost_of_a_paper_beside_that_of_one_in_a_smaller_library() -> None:
    assert growth(costs(5, 5), costs(50, 60), 10) == (1, 1.2)


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        pytest.param(Goal("x", 0.5, (0.4, 0.5, 9)), True, id="the median counts"),
        pytest.param(Goal("x", 0.5, (0.4, 0.6, 0.6)), False, id="missed"),
        pytest.param(Goal("x", 0.98, (0.98,), at_least=True), True, id="more is better"),
        pytest.param(Goal("x", 0.98, (0.97,), at_least=True), False, id="too little"),
        pytest.param(Goal("x", 0.5, ()), None, id="not measured"),
    ],
)
def test_a_goal_is_reached_by_the_median(goal: Goal, reached: bool | None) -> None:
    assert goal.reached is reached


def found(cold: Sequence[float | None], **more: Any) -> dict[str, Any]:
    return {
        "costs": {
            "cold": costs(*cold),
            "unchanged": costs(1, 1),
            "60 papers more": costs(2, 2),
            "MkDocs + Material": costs(50, 50),
            "Hugo": costs(20, None),
        },
        **more,
    }


def values(sizes: dict[int, dict[str, Any]]) -> dict[str, tuple[float, ...]]:
    return {goal.name: goal.values for goal in goals(sizes)}


def test_goals_are_worked_out_from_what_was_measured() -> None:
    weight = {
        "papers": 10_000,
        "bytes": {"search": 50_000_000, "assets": 150_000_000},
        "biggest": {"bytes": 150_000, "nodes": 1200},
        "visits": {
            "papers/a/": {
                "bytes": 70_000,
                "bytes_of_our_styles_and_scripts": 9000,
                "third_party": 0,
            }
        },
    }
    sizes = {
        1000: found((5, 5)),
        5000: found((25, 20), serve={"start": 9.0, "new digest": 1.5}),
        10_000: found((60, 50), **weight),
    }
    told = values(sizes)
    assert told["60 papers more on 5,000 ÷ Hugo's full build"] == (0.1,)
    assert told["no change, 5,000 ÷ Hugo's full build"] == (0.05,)
    assert told["cold, 5,000 ÷ MkDocs + Material"] == (0.5, 0.4)
    assert told["cold, 5,000 ÷ Zensical"] == ()
    assert told["cold, cost per paper at 10,000 ÷ at 1,000"] == (1.2, 1.0)
    assert told["peak memory, 10,000, MB"] == (100, 100)
    assert told["serve, 5,000: CPU seconds from a saved digest to the page"] == (1.5,)
    assert told["whole site per paper, 10,000, KB"] == (20,)
    assert told["biggest page, 10,000, KB"] == (150,)
    assert told["first visit, paper, KB gzipped"] == (70,)


def test_without_measurements_every_goal_says_so() -> None:
    assert all(goal.reached is None for goal in goals({}))
    assert all(goal.reached is None for goal in goals({5000: {"costs": {}, "serve": None}}))


def test_the_table_says_the_same_as_the_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["builds.py", "--papers", "5000"])
    findings = builds.Findings({5000: found((25, None))}, ["5000 papers, weight: no browser"])
    everything = json.loads(json.dumps(builds.told(findings, builds._asked())))
    shown = tables(everything)
    assert (
        "| 60 papers more on 5,000 ÷ Hugo's full build | ≤ 0.2 | 0.1 | 0.1 | 0.1 | yes |" in shown
    )
    assert "| cold, 5,000 ÷ Zensical | ≤ 0.5 | – | – | – | not measured |" in shown
    assert "| 5,000 | cold | 25 | 25 | 25 | 25.0 | 100 |" in shown
    assert "- 5000 papers, weight: no browser" in shown


def test_a_step_that_fails_is_told_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    findings = builds.Findings()

    def fails() -> None:
        raise CommandError("`hugo` ended with 1")

    assert findings.attempt("Hugo", fails) is None
    assert findings.attempt("cold", lambda: 7) == 7
    assert findings.failures == ["Hugo: `hugo` ended with 1"]
    assert "failed: `hugo` ended with 1" in capsys.readouterr().err


BURN = "import time\nwhile time.process_time() < 0.4: pass\n"
HOLD = "held = bytearray(80_000_000); import time; time.sleep(0.6)\n"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_cpu_time_of_children_counts(tmp_path: Path) -> None:
    both = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN!r}])\n{BURN}"
    assert measure(python(both), tmp_path).cpu > 0.75


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux only")
def test_the_memory_of_all_processes_counts_together(tmp_path: Path) -> None:
    alone = measure(python(HOLD), tmp_path).memory
    started = f"subprocess.Popen([sys.executable, '-c', {HOLD!r}])"
    both = f"import subprocess, sys\nchild = {started}\n{HOLD}child.wait()\n"
    assert 80e6 < alone < 130e6
    assert 160e6 < measure(python(both), tmp_path).memory < 230e6


def test_a_command_that_fails_is_named_with_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"(?s)-c.*ended with 3.*line 19\Z"):
        measure(python("for n in range(20): print('line', n)\nraise SystemExit(3)"), tmp_path)
    with pytest.raises(CommandError, match="no-such-builder"):
        measure(["no-such-builder"], tmp_path)


def test_who_waits_for_words_is_told_when_they_cannot_come(tmp_path: Path) -> None:
    talk = "print('Serving on x', flush=True)\nprint('and the end')\n"
    with Running(python(talk), tmp_path) as running:
        running.wait_for("Serving on", within=20)
        with pytest.raises(CommandError, match=r"(?s)in vain.*and the end"):
            running.wait_for("Reloading", within=20)


def test_what_still_runs_is_ended_with_its_block(tmp_path: Path) -> None:
    with Running(python("import time; time.sleep(60)"), tmp_path) as running:
        pass
    assert running.process.returncode


def test_rivals_get_pages_alone_each_in_the_form_that_it_takes(tmp_path: Path) -> None:
    exported = tmp_path / "exported"
    page = "---\ntitle: A\ntemplate: generated.html\ntags:\n- x\n---\n\n# A\n"
    for name in ("index.md", "tags/index.md", "papers/a/index.md", "papers/a/papers.bib"):
        target = exported / "docs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
    rivals.for_mkdocs(exported, tmp_path / "mkdocs")
    rivals.for_hugo(exported, tmp_path / "hugo")

    def files(folder: str) -> list[str]:
        place = tmp_path / folder
        return sorted(path.relative_to(place).as_posix() for path in place.rglob("*.*"))

    assert files("mkdocs/docs") == ["index.md", "papers/a.md", "tags/index.md"]
    assert files("hugo/content") == ["_index.md", "papers/a.md", "tags/_index.md"]
    # Our template is no part of their pages.
    plain = page.replace("template: generated.html\n", "")
    assert (tmp_path / "hugo/content/papers/a.md").read_text("utf-8") == plain


def test_a_rival_that_leaves_pages_out_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    lazy = rivals.Rival("Lazy", rivals.for_mkdocs, tuple(python("")), ("site",))
    with pytest.raises(CommandError, match="Lazy made 0 pages of 1"):
        lazy.build(tmp_path)


def test_a_served_page_that_lacks_what_was_saved_is_told() -> None:
    with pytest.raises(CommandError, match="cannot be fetched"):
        liveserve._shows(f"http://127.0.0.1:{liveserve._free_port()}/", "")


def test_what_is_in_the_way_is_removed_only_when_all_is_measured(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(2):
        (site / "page").mkdir(parents=True)
        leavings.put_aside(site)
        assert not site.exists()
    leavings.put_aside(site)
    assert len(list(tmp_path.rglob("page"))) == 2
    leavings.remove()
    assert not list(tmp_path.iterdir())
