"""Weigh whether a block goes on with the abstract above it or is another paper's.

Two paragraphs of one abstract share rare words, name one contribution, and together are as long
as the other abstracts of the list. All three are weak; their sum in log-odds is what
`kinship` gives, above zero for one paper.
"""

from __future__ import annotations

import re
from math import log, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK_AT = 4000
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff]{2}")
_NAMES = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z0-9])[\w-]{3,}")
_OFFER = re.compile(
    r"\b(?:we|I) (?:\w+ )?"
    r"(?:propose|present|introduce|describe|develop|study|investigate|address)\b"
    r"|\b[Tt]his (?:paper|work|article|study|survey|thesis|report)\b"
    r"|\b[Ii]n this (?:paper|work|article|study|survey|thesis|report|letter)\b",
)
_GOES_ON = re.compile(
    r"(?:Furthermore|Moreover|Additionally|In addition|Finally|However|Also|Specifically|Instead"
    r"|To (?:this end|address|tackle|overcome|solve)|Our |These |This |They |It |Its "
    r"|Thus|Therefore|Hence|As a result|In particular|For example|Results|Experiment|Extensive"
    r"|Methods?\b|Conclusions?\b|We (?:also|show|find|further|then|evaluate|demonstrate|conduct)"
    r"|We (?:hope|release|apply|publish)|(?:(?:All|The|Our) )?(?:\w+ )?(?:[Cc]odes?|[Dd]ata"
    r"|[Dd]atasets?|[Mm]odels?|[Vv]ideos?|[Ss]cripts|[Pp]roject)\b)"
)
_COMMON_WORDS = """
    able about abstract accuracy achieve achieved across address algorithm algorithms all allow
    also among analysis and any application applications approach approaches are art available
    based because been benchmark benchmarks best better between both but can challenge challenges
    challenging code compared complex computational current data dataset datasets deep demonstrate
    design develop different due each effective efficient enable even evaluate evaluation existing
    experimental experiments extensive findings first following for framework from further general
    generation has have high how however human image images important improve improved improvement
    improvements including information input into introduce its key knowledge language large
    learning leverage limited like many may method methods metrics model modeling models more most
    multiple network networks neural new not novel number often one only other our out over paper
    parameters performance potential present prior problem problems process propose proposed
    provide quality real recent recently research results same scale several show shows
    significant significantly single specific specifically standard state still strong studies
    study such system systems task tasks than that the their then there these they this those
    three through thus time training two types under use used uses using various via was well were
    what when where whether which while will with within without work works world
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def kinship(above: Sequence[str], length: int, below: str, usual_length: float | None) -> float:
    """Return the log-odds, -3 to 3, that a text goes on with the paper above it.

    `above`: the paper's title and its last paragraphs; `length`: characters of all its paragraphs.
    `usual_length`: characters of the list's middle abstract, None where that is not known.
    """
    paper = " ".join(above)
    odds = _shared(paper, below)
    if _OFFER.search(paper[:_LOOK_AT]) and _OFFER.search(below[:_LOOK_AT]):
        odds -= 1.0
    if _GOES_ON.match(below):
        odds += 1.0
    if usual_length:
        both = (length + len(below)) / usual_length
        odds -= min(1.5, max(-0.5, 1.5 * log2(both / 1.4))) if both > 0 else 0.0
        odds += 1.0 if len(below) < usual_length / 4 else 0.0
    return max(-3.0, min(3.0, odds))


def _shared(above: str, below: str) -> float:
    first, second = _telling_words(above), _telling_words(below)
    smaller = min(len(first), len(second))
    if smaller < 3:
        return 0.0
    share = len(first & second) / smaller
    return min(2.5, max(-2.0, 2.0 * log((share + 0.02) / 0.10))) * min(1.0, smaller / 12)


def _telling_words(text: str) -> frozenset[str]:
    part = text[:_LOOK_AT]
    plain = {word.lower() for word in _WORD.findall(part)} - _COMMON
    names = {f"*{name.lower()}" for name in _NAMES.findall(part)}
    return frozenset({word.removesuffix("s")[:7] for word in plain} | names)
