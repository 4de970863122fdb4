"""What a link leads to, told from its address alone, and the short label that says so.

Nothing is looked up. A host that says nothing certain is `LinkKind.OTHER`: a wrong label is
worse than a plain one. Labels are text, not HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from generator.enriching.addresses import host_of, steps_of
from generator.model import LinkKind

if TYPE_CHECKING:
    from generator.model import Link

LONGEST_LABEL = 60
"""Characters of the longest label; the rest of the address is cut."""

_NAMES = {
    LinkKind.PAPER: "Paper",
    LinkKind.CODE: "Code",
    LinkKind.MODEL: "Model",
    LinkKind.DATA: "Data",
    LinkKind.DEMO: "Demo",
    LinkKind.PROJECT: "Project",
    LinkKind.VIDEO: "Video",
    LinkKind.OTHER: "Link",
}

_HOSTS = {
    LinkKind.PAPER: (
        "arxiv.org alphaxiv.org doi.org aclanthology.org aclweb.org openreview.net jmlr.org "
        "proceedings.mlr.press papers.nips.cc proceedings.neurips.cc openaccess.thecvf.com "
        "semanticscholar.org biorxiv.org medrxiv.org chemrxiv.org psyarxiv.com dl.acm.org "
        "ieeexplore.ieee.org link.springer.com sciencedirect.com hal.science ssrn.com "
        "papers.ssrn.com isca-archive.org ojs.aaai.org drops.dagstuhl.de eprint.iacr.org "
        "ncbi.nlm.nih.gov pubmed.ncbi.nlm.nih.gov tandfonline.com onlinelibrary.wiley.com"
    ),
    LinkKind.CODE: (
        "github.com gist.github.com bitbucket.org codeberg.org sr.ht git.sr.ht sourceforge.net "
        "anonymous.4open.science colab.research.google.com gitee.com pypi.org crates.io "
        "npmjs.com cran.r-project.org archive.softwareheritage.org nbviewer.org codeocean.com"
    ),
    LinkKind.DATA: (
        "zenodo.org figshare.com kaggle.com osf.io datadryad.org data.mendeley.com physionet.org "
        "ieee-dataport.org openneuro.org archive.ics.uci.edu catalog.ldc.upenn.edu data.world "
        "openml.org dataverse.org"
    ),
    LinkKind.DEMO: "hf.space gradio.live gradio.app streamlit.app replicate.com",
    LinkKind.PROJECT: (
        "github.io gitlab.io sites.google.com readthedocs.io readthedocs.org rtfd.io netlify.app "
        "vercel.app pages.dev web.app bitbucket.io notion.site wixsite.com weebly.com"
    ),
    LinkKind.VIDEO: "youtube.com youtu.be vimeo.com bilibili.com b23.tv slideslive.com",
}
_KINDS = {host: kind for kind, hosts in _HOSTS.items() for host in hosts.split()}
_FORGE = re.compile(r"(?:gitlab|gitea|forgejo|git)\.[a-z0-9.-]+")
"""Hosts that people run for their own repositories: `gitlab.inria.fr`."""
_DATAVERSE = re.compile(r"dataverse\.[a-z0-9.-]+")
_HUGGING_FACE = {
    "datasets": LinkKind.DATA,
    "spaces": LinkKind.DEMO,
    "papers": LinkKind.PAPER,
    "blog": LinkKind.OTHER,
    "docs": LinkKind.OTHER,
    "learn": LinkKind.OTHER,
}
_KAGGLE = {"code": LinkKind.CODE, "models": LinkKind.MODEL}
_ARXIV_PAGES = frozenset({"abs", "pdf", "html", "ps", "format"})


def kind_of(url: str) -> LinkKind:
    """Tell what a complete address leads to."""
    host, steps = host_of(url), steps_of(url)
    if host == "huggingface.co":
        return _of_hugging_face(steps)
    if host == "modelscope.cn" and steps:
        return LinkKind.DATA if steps[0] == "datasets" else LinkKind.MODEL
    if host == "kaggle.com" and steps:
        return _KAGGLE.get(steps[0], LinkKind.DATA)
    if host == "arxiv.org" and not (steps and steps[0] in _ARXIV_PAGES):
        return LinkKind.OTHER
    if host == "github.com" and steps[:1] == ["orgs"]:
        return LinkKind.CODE
    if host == "doi.org" and steps[:1] == ["10.5281"]:
        return LinkKind.DATA
    labels = host.split(".")
    for first in range(len(labels) - 1):
        if kind := _KINDS.get(".".join(labels[first:])):
            return kind
    if _FORGE.fullmatch(host):
        return LinkKind.CODE
    if _DATAVERSE.fullmatch(host):
        return LinkKind.DATA
    if "project" in steps[:-1] or "projects" in steps[:-1]:
        return LinkKind.PROJECT
    return LinkKind.OTHER


def _of_hugging_face(steps: list[str]) -> LinkKind:
    if not steps:
        return LinkKind.OTHER
    if kind := _HUGGING_FACE.get(steps[0]):
        return kind
    if steps[0] == "collections" and re.search(r"data|bench|corpus", steps[-1].lower()):
        return LinkKind.DATA
    return LinkKind.MODEL if len(steps) > 1 else LinkKind.PROJECT


def name_of(kind: LinkKind) -> str:
    """Give the word that a reader sees for a kind: `Code`, `Paper`."""
    return _NAMES[kind]


def label_of(link: Link) -> str:
    """Give a short label for people: `Code · github.com/x/y`, `arXiv 2503.04715`. Plain text."""
    host, steps = host_of(link.url), steps_of(link.url)
    if host == "arxiv.org" and len(steps) > 1 and steps[0] in _ARXIV_PAGES:
        return _cut(f"arXiv {'/'.join(steps[1:]).removesuffix('.pdf')}")
    if host == "huggingface.co" and len(steps) == 2 and steps[0] == "papers":
        return _cut(f"Paper · hf.co/papers/{steps[1]}")
    if host == "doi.org" and len(steps) > 1:
        return _cut(f"DOI {'/'.join(steps)}")
    if host == "aclanthology.org" and steps:
        return _cut(f"ACL Anthology {steps[-1].removesuffix('.pdf')}")
    if host == "openreview.net" and (identifier := _parameter(link.url, "id")):
        return _cut(f"OpenReview {identifier}")
    if host == "youtube.com" and (identifier := _parameter(link.url, "v")):
        return _cut(f"Video · youtu.be/{identifier}")
    host = "hf.co" if host == "huggingface.co" else host
    return _cut(f"{_NAMES[link.kind]} · {'/'.join([host, *steps])}")


def _parameter(url: str, name: str) -> str:
    return parse_qs(urlsplit(url).query, errors="replace").get(name, [""])[0]


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
