"""The adapter to MkDocs: the only module that imports it.

MkDocs builds the pages that are written by hand, and what is around them. Of the pages that are
made here it knows those that the navigation or a page by hand leads to, and those by name alone:
all of them are put into the layout at the end of the build, by MkDocs' own template environment,
unless they stand in the site already (see `caching`). So ten thousand papers do not go through
Markdown, and `mkdocs serve` rebuilds once for one edit.

Problems become log lines; an exception here would stop `mkdocs serve` for good, a warning does
not, and `--strict` makes it a failed build.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs import __version__ as mkdocs_version
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from generator.building import Build, wanted_files
from generator.byhand import ByHand, grounds
from generator.caching import Held, Known, Made, Published, Wanted, content_digest
from generator.contents import Contents, Outline, prepare
from generator.enriching.shelves import Shelf, mark_of
from generator.folders import DIGESTS
from generator.layout import Compiled, Layout, Visible, frame_of, url_of
from generator.lean import lean_script, lean_style
from generator.memory import Memory
from generator.model import PageDraft, Problem, Severity
from generator.permalinks import Verdict
from generator.permalinks.feeds import with_old_feeds
from generator.permalinks.pages import in_the_way
from generator.permalinks.pages import pages as pages_of_old
from generator.permalinks.permanent import is_permanent
from generator.previewing import Preview
from generator.progress import Progress
from generator.promises import Promises, read_promises
from generator.referring import named
from generator.settings import THEMES, code_of, plain, settings
from generator.sitemap import sitemap
from generator.trust import Finding, Guard, Policy, PolicyError, policy_of, reloading, scripts_of
from generator.writing.shapes import anchor
from generator.writing.site import Site
from generator.writing.wording import count

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # A web server, which no build needs.

log = logging.getLogger("mkdocs.plugins.broadsheet")

_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO}
"""What is left out must fail a strict build; what is only doubtful must not."""

_STOCK_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/search")
"""What the theme's own search is made of."""

_SITEMAP = {"sitemap.xml", "sitemap.xml.gz"}
"""Files that MkDocs writes too, of those pages that it knows."""

_LEAN = {".css": lean_style, ".js": lean_script}

_NOT_SHOWN = "broadsheet/not-shown.html"
"""A template for pages whose HTML comes from elsewhere."""

_TOLD_OTHERWISE = {
    *("plugins", "theme", "hooks", "markdown_extensions", "mdx_configs"),
    *("exclude_docs", "draft_docs", "not_in_nav"),
    *("config_file_path", "docs_dir", "site_dir", "dev_addr", "strict", "watch"),
}
"""Settings that are looked at by themselves, that files show, or that no page rests on."""
_STAND_INS = {_NOT_SHOWN: "Not shown.", "sitemap.xml": "Not shown."}
"""Templates in the stead of those that would make what is made here."""

_Steps = Callable[[list[Wanted]], Iterable[Wanted]]
"""What passes on what is wanted, and does something at each step."""

_LAST = -100
"""Priority of what comes after all other plugins: what they write belongs to the site too."""


class Options(Config):  # type: ignore[no-untyped-call]
    """What there is to set: where things stand is the same for every site."""

    policy = Type(dict, default={})
    """What pages may use besides the site's own: lists of sources by directive, see `trust`."""


class _Theme(Theme):
    """A theme whose files to publish are found without going through its icons."""

    def __init__(self, theme: Theme) -> None:
        # The same theme, whoever changes it.
        self.__dict__ = theme.__dict__

    def get_env(self) -> Environment:
        env = super().get_env()
        env.loader = Visible(self.dirs)
        return env


class _Digest(File):
    """A file in the folder of digests: it is wanted with what is made of them, see `_wanted`.

    So it is not copied beside the site in each build, to be thrown away where nothing changed.
    """

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing."""


class BroadsheetPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds the pages of all digests to the site."""

    _build: Build
    _site: Site
    _contents: Contents
    _outline: Outline
    _progress: Progress
    _files: Files
    _nav: Navigation
    _layout: Layout
    _by_hand: ByHand
    _guard: Guard
    _policy: Policy
    _permalinks: Verdict
    _preview: Preview | None = None
    """Of `mkdocs serve`, from the first site on."""
    _serving = False
    _compiled = Compiled()
    _held: Held | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
        """Be there for all builds of `mkdocs serve`, and not only for one."""
        self._serving = command == "serve"
        # The process ends with all of a library in its memory. Python would look through it for
        # what holds each other, and take it apart: a twentieth of a build that adds a digest.
        atexit.register(gc.freeze)
        # Where several threads calculate, those that have nothing to do wait for it busily: a
        # twentieth of a second until numpy is imported, and a build has little to share out.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._held = Held() if self._serving else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse a setting that would change the pages' addresses; build beside the site."""
        if self._preview:
            # What is left of the build before gives way to this one.
            self.on_shutdown()
        if not config.use_directory_urls:
            raise ConfigurationError(
                "broadsheet: addresses end in a slash, for ever: "
                "take `use_directory_urls: false` out of mkdocs.yml"
            )
        if not (epoch().isascii() and epoch().isdigit()):
            # MkDocs takes it for the date of a build, if a theme asks for that: nothing here does.
            raise ConfigurationError(
                "broadsheet: SOURCE_DATE_EPOCH is a number of seconds since 1970, e.g. 1741651200; "
                f"it is {epoch()!r}"
            )
        try:
            self._policy = policy_of(config, self.config.policy)
        except PolicyError as error:
            raise ConfigurationError(f"broadsheet: {error}") from error
        if type(config.theme) is Theme:
            config.theme = _Theme(config.theme)
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", anchor)
        project = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._build = Build(project, Path(config.site_dir), self._held)
        config.site_dir = str(self._build.folder)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the digests, and name those pages of theirs that others lead to."""
        docs = Path(config.docs_dir)
        self._progress = Progress(_say if log.isEnabledFor(logging.INFO) else None)
        self._site = Site(config.site_name, config.site_description or "", config.site_url or "")
        self._contents = Contents(docs, self._site, self._build.memory, self._progress)
        if self._contents.is_known:
            self._build.expect_little()
        _keep_inside(files, docs)
        _take_digests(files, docs)
        in_nav = named(config.nav)
        texts = {file.src_uri: _text(file) for file in files.documentation_pages()}
        promises = read_promises(docs)
        published = sorted(file.dest_uri for file in files if isinstance(file, _Digest))
        ground = _settings(config) + promises.text.encode() + repr(published).encode()
        self._outline = self._contents.outline(ground, texts, in_nav)
        report((*self._outline.problems, *promises.problems))
        _count(self._outline)
        self._keep(promises, files)
        _make_way(files, {_place(path) for path in self._outline.pages})
        for path, content in self._outline.stand_ins.items():
            level = InclusionLevel.INCLUDED if path in in_nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=content, inclusion=level))
        if "material/search" not in config.plugins:
            _leave_out_stock_search(files)
        _make_lean(files, config, self._build.memory)
        self._files = files
        values = (self._outline.stand_ins, self._policy.text(), epoch(), self._serving)
        self._by_hand = ByHand(self._build.memory, grounds(config, files, texts, *values))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, **_: Any) -> Environment:
        """Take the environment and the navigation for our own pages' layout."""
        # A template has lines on which it only decides; they are a tenth of a paper's page.
        env.trim_blocks = env.lstrip_blocks = True
        # Looking for constants to work out is a third of the compiling, and there are none.
        env.optimized = False
        # Compiling them takes a third of a second, and rebuilds would do it again.
        env.bytecode_cache = self._compiled if self._serving else None
        # The environment is for one build, and no page need ask whether the header's file changed.
        env.auto_reload = False
        # What is kept, or made at the end, need not be compiled only to be thrown away.
        kept = dict.fromkeys(self._by_hand.files.keys() & config.theme.static_templates, "")
        ours = DictLoader({**kept, **_STAND_INS})
        env.loader = ChoiceLoader([ours, env.loader]) if env.loader else ours
        context = {
            "config": config,
            "nav": self._nav,
            "pages": (),
            "mkdocs_version": mkdocs_version,
            "policy": self._policy.text(),
        }
        theme, memory = scripts_of(config, env), self._build.memory
        self._guard = Guard(self._policy, theme, self._site.url, memory)
        known = (_settings(config), list(_entries(self._nav.items)), repr(self.config.policy))
        frame = frame_of(known)
        self._layout = Layout(env, context, self._site.url, frame)
        return env

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Keep the navigation for our pages' layout."""
        self._nav = nav
        self._by_hand.listen()
        return nav

    def on_pre_page(self, page: Page, **_: Any) -> Page:
        """Call a page that is kept as it was called."""
        if title := self._by_hand.titles.get(page.file.src_uri):
            page.title = title
        return page

    @event_priority(_LAST)
    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Spare the work on pages whose HTML is there or will be made."""
        is_spared = page.file.dest_uri in self._by_hand.files
        is_spared |= page.file.src_uri in self._outline.stand_ins
        if is_spared:
            page.meta["template"] = _NOT_SHOWN
        # Of a page that is made here too, the others need to know places, unless all are kept.
        return "" if is_spared and self._by_hand.is_kept else markdown

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Give a page that is kept."""
        return self._by_hand.files.get(page.file.dest_uri, output)

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """Give a page of the theme itself that is kept."""
        return self._by_hand.files.get(template_name, output_content)

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the pages and files that the site does not have, and let all be the site."""
        config.site_dir = str(self._build.site)
        ours = {_place(path) for path in self._outline.stand_ins}
        findings = list(
            self._guard.seal_folder(self._build.folder, ours | self._by_hand.files.keys())
        )
        self._weigh(findings)
        if not findings:
            self._keep_by_hand(config)
        same = self._outline.wanted if self._outline.frame == self._layout.frame else ()
        known = Known(self._outline.inputs + self._layout.frame, same)
        if not same:
            self._layout.compile()
        publish = partial(self._publish, known, ours | _SITEMAP)
        if not self._preview:
            publish(partial(self._progress.over, "writing pages and files"))
        elif same:
            publish(iter)
            self._preview.end()
        else:
            drafts = self._contents.pages.items()
            pages = {_place(path): partial(self._content, draft) for path, draft in drafts}
            shown = self._build.show(pages.keys() | _SITEMAP)
            finish = partial(publish, self._preview.steps)
            self._preview.begin(shown, pages, self._build.put, finish)

    def _publish(self, known: Known, expected: Container[str], steps: _Steps) -> None:
        """Make what is missing; of what the builder wrote, all but what is `expected` is told."""
        done = self._build.publish(self._wanted(steps), self._sitemap, known)
        self._contents.remember(self._outline, self._layout.frame, done)
        if self._held:
            self._held.settle()
        log.info("broadsheet: %s made, %s kept", count(done.made, "file"), f"{done.kept:,}")
        for path in done.twice:
            if path not in expected:
                log.warning(
                    "%s stands at the address of a file that broadsheet makes; it was put aside. "
                    "Give it another name.",
                    path,
                )
        # Until the next build of `mkdocs serve`.
        del self._contents, self._layout, self._nav, self._files, self._guard, self._permalinks

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Let the script in that reloads pages."""
        if app := server.get_app():
            self._preview = Preview()
            prepare()
            server.set_app(self._preview.showing(reloading(app), server.mount_path))
        return server

    @event_priority(_LAST)
    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Leave the site as it was; of a full or read-only disk, a word is enough."""
        self.on_shutdown()
        if self._preview:
            self._preview.end()
        if isinstance(error, OSError) and error.errno:
            where = f"{error.filename}: " if error.filename else ""
            log.error("broadsheet: %s%s. The old site stays.", where, error.strerror)
            raise Abort("Aborted: no site could be built.") from error

    def on_shutdown(self) -> None:
        """Leave nothing behind, also when somebody pressed Ctrl+C."""
        with suppress(AttributeError):
            self._by_hand.close()
        if self._preview:
            self._preview.stop()
        with suppress(AttributeError):
            self._build.abandon()

    def _keep_by_hand(self, config: MkDocsConfig) -> None:
        """Let the next build have the pages that were written by hand, and those of the theme."""
        pages = [file.page for file in self._files.documentation_pages() if file.page]
        titles = {page.file.src_uri: page.title for page in pages}
        files = {file.dest_uri for file in _by_hand(self._files)}
        files |= set(config.theme.static_templates) - _SITEMAP
        self._by_hand.remember(
            titles, sorted(files), lambda path: (self._build.folder / path).read_bytes().decode()
        )

    def _keep(self, promises: Promises, files: Files) -> None:
        """Fail a build that would let an address vanish; `mkdocs serve` goes on, with a word."""
        there = set(filter(is_permanent, map(url_of, self._outline.pages)))
        there.update(file.url.removeprefix("./") for file in _by_hand(files))
        self._permalinks = promises.judged(there)
        report(self._permalinks.problems)
        if (self._permalinks.breaks or promises.problems) and not self._serving:
            raise PluginError(
                "broadsheet: addresses that were published would vanish, as told above. "
                "`broadsheet permalinks --keep` says where their pages are now."
            )

    def _weigh(self, findings: Iterable[Finding]) -> None:
        """Tell what pages have that browsers will refuse; with a script in one there is no site."""
        found = list(findings)
        for finding in found:
            hint = finding.hint.replace("\n", "\n    ")
            log.warning("%s\n    %s", finding.message, hint)
        scripts = sum(finding.severity is Severity.ERROR for finding in found)
        if scripts and not self._serving:
            raise PluginError(
                f"broadsheet: pages have {count(scripts, 'script')} that nobody allowed, see above"
            )

    def _laid_out(self, draft: PageDraft) -> Made:
        """Make a page in the layout; in another theme's, with that theme's scripts."""
        made = self._layout.made(draft.make())
        if self._layout.is_lean:
            return made
        page, findings = self._guard.seal(made.content.decode("utf-8"), _place(draft.path))
        self._weigh(findings)
        return Made(page.encode("utf-8"), made.updated, bool(findings))

    def _content(self, draft: PageDraft) -> bytes:
        return self._laid_out(draft).content

    def _wanted(self, steps: _Steps) -> Iterator[Wanted]:
        """Yield all pages and files that are made here."""
        by_hand = [(file.url, text) for file in _by_hand(self._files) if (text := _text(file))]
        layout = self._layout
        wanted = [
            Wanted(_place(path), layout.key(draft.key), partial(self._laid_out, draft))
            for path, draft in self._contents.pages.items()
        ]
        files = list(self._contents.files(by_hand))
        self._make_way_for({*(each.path for each in wanted), *(file.path for file in files)})
        wanted += wanted_files(with_old_feeds(files, self._permalinks.moved))
        wanted += [
            Wanted(path, content_digest(content), partial(Made, content))
            for path, content in pages_of_old(self._permalinks, self._site)
        ]
        wanted += [
            Wanted(file.dest_uri, content_digest(file.content_bytes), partial(_copied, file))
            for file in self._files
            if isinstance(file, _Digest)
        ]
        yield from steps(wanted)

    def _make_way_for(self, files: set[str]) -> None:
        """Let no old address hide what is made for the site."""
        hiding = in_the_way(self._permalinks, files)
        for address in hiding:
            log.warning(
                "docs/permalinks.txt: %s has no page of its own to lead on from: a file of the "
                "site stands there. Take its line out.",
                address,
            )
            self._permalinks.moved.pop(address, None)
            self._permalinks.gone.pop(address, None)
        if hiding and not self._serving:
            raise PluginError("broadsheet: what is there would vanish, as told above")

    def _sitemap(self, done: Published) -> Iterator[Wanted]:
        """Yield the sitemap of all pages: whoever asks has made them."""
        pages = {file.url.removeprefix("./"): None for file in _by_hand(self._files)}
        ours = {url_of(path): done.days[_place(path)] for path in self._outline.pages}
        for path, content in sitemap(self._site.url, pages | ours):
            yield Wanted(path, content_digest(content), partial(Made, content))


def epoch() -> str:
    """Return what the environment says of the day of a build."""
    return os.environ.get("SOURCE_DATE_EPOCH", "0")


def report(problems: tuple[Problem, ...]) -> None:
    """Log problems, each with the way out below it."""
    for problem in problems:
        hint = problem.hint.replace("\n", "\n    ")
        way_out = f"\n    {hint}" if hint else ""
        log.log(_LEVELS[problem.severity], "%s%s", problem, way_out)


def _say(what: str) -> None:
    log.info("broadsheet: %s", what)


def _settings(config: MkDocsConfig) -> bytes:
    """Return a digest of what is set: what pages are given besides the navigation."""
    file = Path(config.config_file_path) if config.config_file_path else None
    theme = config.theme
    own = [theme.custom_dir] if theme.custom_dir else []
    values = (
        # Options of other plugins stand there as well.
        file.read_bytes() if file and file.is_file() else b"",
        settings(config, _TOLD_OTHERWISE),
        (theme.name, settings(theme, ())),
        (sorted(config.plugins), list(_code_of_others(config.plugins))),
    )
    return frame_of(values, map(Path, own if theme.name in THEMES else theme.dirs))


def _code_of_others(plugins: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the code of other plugins and of hooks: templates may get something from them."""
    for plugin in plugins.values():
        if not isinstance(plugin, BroadsheetPlugin):
            is_hook = isinstance(plugin, ModuleType)
            yield code_of(plugin.__name__ if is_hook else type(plugin).__module__)


def _entries(items: Iterable[Any]) -> Iterator[tuple[str, str, Any]]:
    for item in items:
        meta = getattr(item, "meta", None) or {}
        # The template may be one that spares the work on a page.
        front = [each for each in meta.items() if each[0] != "template"]
        yield str(item.title), str(getattr(item, "url", "") or ""), plain(front)
        yield from _entries(item.children or ())


def _place(path: str) -> str:
    """Return where in the site the page of a Markdown file stands."""
    return f"{url_of(path)}index.html"


def _count(outline: Outline) -> None:
    log.info(
        "broadsheet: %s in %s, %s",
        count(outline.papers, "paper"),
        count(outline.digests, "digest"),
        count(len(outline.problems), "problem"),
    )


def _by_hand(files: Files) -> list[File]:
    """Return the pages that nobody generated and the site shows."""
    return [file for file in files.documentation_pages() if file.generated_by is None]


def _text(file: File) -> str:
    """Return a page's Markdown; of one that cannot be read MkDocs itself will say so."""
    with suppress(OSError, UnicodeDecodeError):
        return file.content_string
    return ""


def _make_way(files: Files, ours: Container[str]) -> None:
    """Take out what stands at the address of a page that is made here, with a word."""
    for file in list(files):
        if file.dest_uri in ours:
            log.warning(
                "%s stands at the address of a page that broadsheet makes, %s; it was put "
                "aside. Give it another name.",
                file.src_uri,
                file.url,
            )
            files.remove(file)


def _leave_out_stock_search(files: Files) -> None:
    """Publish nothing of the theme's own search, which is switched off."""
    for file in list(files):
        if file.src_uri.startswith(_STOCK_SEARCH):
            files.remove(file)


def _make_lean(files: Files, config: MkDocsConfig, memory: Memory) -> None:
    """Publish the scripts and stylesheets of the site's own theme folder without remarks."""
    known = Shelf(memory, "lean", dict[bytes, str])
    for file in list(files):
        form = _LEAN.get(Path(file.src_uri).suffix)
        if form and file.src_dir and file.src_dir == config.theme.custom_dir:
            with suppress(OSError, UnicodeDecodeError):
                text = file.content_string
                content = known.get(mark_of(form.__name__, text), partial(form, text))
                files.remove(file)
                files.append(File.generated(config, file.src_uri, content=content))
    known.put_away()


def _take_digests(files: Files, docs: Path) -> None:
    """Let the builder know the digests' own files, and copy none of them."""
    for file in list(files):
        if (
            file.src_uri.startswith(f"{DIGESTS}/")
            and _is_below(file, docs)
            and file.inclusion.is_included()  # type: ignore[no-untyped-call]
            and not file.is_documentation_page()
        ):
            place = (file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)
            files.remove(file)
            files.append(_Digest(*place, dest_uri=file.dest_uri, inclusion=file.inclusion))


def _copied(file: File) -> Made:
    return Made(file.content_bytes)


def _keep_inside(files: Files, docs: Path) -> None:
    """Publish nothing that a link in the documents leads to elsewhere on this machine."""
    inside, resolved = docs.resolve(), cache(Path.resolve)
    for file in list(files):
        path = Path(file.abs_src_path) if file.abs_src_path else None
        if not path or not _is_below(file, docs):
            continue
        if not path.is_file():
            files.remove(file)  # A pipe, or a link that leads nowhere: a digest has its problem.
        # A file that is no link is where its folder is, and there are few folders.
        elif not resolved(path if path.is_symlink() else path.parent).is_relative_to(inside):
            log.warning("%s is a link out of %s; it is not published.", file.src_uri, docs)
            files.remove(file)


def _is_below(file: File, docs: Path) -> bool:
    return file.src_dir is not None and Path(file.src_dir) == docs
