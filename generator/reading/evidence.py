"""Weigh what speaks for a title and what for an abstract, in any language.

All weights are in the unit of log-odds: +1 makes "this is an abstract" about 2.7 times as likely
against "this is a title". They are set by hand from what titles and abstracts are, not fitted to
a list; no single one decides. Whether the evidence is strong enough to leave plain alternation
is for `pairing` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf, log2

_LOOK_AT = 1600
"""Characters that are weighed: enough to know, and the bound on work for a line of any length."""
_STRONGEST = 5.0
_LEAST_WORDING = -3.5
"""Less than the words of a text, of which there are enough, ever count for."""

_URL = re.compile(r"https?://|\bwww\.|\b(?:github|huggingface)\.(?:com|co|io)/", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"\.(?:(?<=[^\W\d_]{2}\.)|(?<=[\d)\]\"”’%}$]\.))[\"”’)\]]{0,3} (?=[\"“‘(\[]?[^\Wa-z_])"
)
"""It begins with its full stop, as does the next: so it is found in a fraction of the time."""
_CJK_SENTENCE_END = re.compile(r"[。！？｡][”’」』）]*(?=.)|다\.\s")
_ABBREVIATION = re.compile(
    r"\.(?:(?<=\b(?:vs|al|St|Dr|Mr|No|cf|Jr|Sr|Ph)\.)|(?<=\b(?:Mrs|Fig|Vol|etc)\.)|(?<=\bProf\.))\s"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CLOSERS = "\"'”’»)]}」』）*_"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
"""The same in a text of ASCII alone, in less time."""
_PREDICATE_WORDS = """
    we our i this these it its they their is are was were has have had been be which that can
    also show shows shown propose proposes proposed present presents presented introduce introduces
    demonstrate demonstrates achieve achieves however furthermore moreover therefore thus while
    wir ist sind wird werden wurde wurden dass diese dieser nous est sont cette ces été que
    se es son fue está como são foi che sono è dit zijn wordt är som jest są это мы
    """
_PREDICATES = frozenset(_PREDICATE_WORDS.split())
_SPEAKER = frozenset({"we", "our", "us", "wir", "unsere", "nous", "notre", "nuestro", "мы"})


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a statement does: with a full stop, brackets and quotes aside."""
    return text.rstrip(_CLOSERS + " ").endswith((".", "。", "｡", "।")) and not is_cut(text)


def is_cut(text: str) -> bool:
    """Whether a text ends with an ellipsis."""
    return text.endswith(("...", "…", ". . ."))


@lru_cache(maxsize=4)  # A piece is asked for its words twice in a row.
def word_count(text: str) -> float:
    """Return the number of words; two signs of a script without spaces count as one."""
    part = text[:_LOOK_AT]
    words = float(len(part.split()))
    if not part.isascii():
        words += len(_CJK.findall(part)) / 2
    return words * (len(text) / len(part)) if len(text) > _LOOK_AT else words


def leaning(text: str) -> float:
    """Return the log-odds, -5 to 5, that a text with folded white space is an abstract.

    Below zero it looks like a title. Short texts tell little either way.
    """
    return min(_STRONGEST, max(-_STRONGEST, _odds(text, _STRONGEST)))


def odds_of(text: str) -> float:
    """Return the same without bounds, to compare pieces of one text."""
    return _odds(text, inf)


def _odds(text: str, enough: float) -> float:
    """Weigh a text; what is `enough` whatever its words are, as most abstracts, is not read on."""
    part = text[:_LOOK_AT]
    words = word_count(text)
    if words == 0:
        return 0.0
    odds = min(3.0, max(-1.2, 1.2 * log2(words / 20)))
    odds += min(4.5, 1.5 * _sentence_breaks(part))
    odds += _ending(text)
    if words >= 4 and odds + _LEAST_WORDING >= enough:
        return odds
    odds += _wording(part)
    if ("/" in part or "www." in part.lower()) and _URL.search(part) is not None:
        return max(2.5, odds + 3.5)
    return odds * min(1.0, words / 4)


def _sentence_breaks(part: str) -> float:
    stops = len(_SENTENCE_END.findall(part)) - len(_ABBREVIATION.findall(part))
    return max(0, stops) + (0 if part.isascii() else len(_CJK_SENTENCE_END.findall(part)))


def _ending(text: str) -> float:
    if ends_sentence(text):
        return 2.0
    end = text.rstrip(_CLOSERS + " ")[-1:]
    return {"!": 0.5, "?": -0.3, "？": -0.3, ";": 0.5, ",": 0.5, "…": 1.0}.get(end, -1.2)


def _wording(part: str) -> float:
    words = (_PLAIN_WORD if part.isascii() else _WORD).findall(part)
    if not words:
        return 0.0
    lower = list(map(str.lower, words))
    predicates = sum(map(_PREDICATES.__contains__, lower))
    speakers = sum(map(_SPEAKER.__contains__, lower))
    odds = min(3.0, 0.6 * predicates + 1.2 * speakers)
    if len(words) >= 8 and predicates == 0:
        odds -= 0.8
    if words[0].islower() and len(words[0]) > 1:
        odds += 0.5
    if ": " in part[:60]:
        odds -= 0.4
    return odds + _case(words[1:])


def _case(words: list[str]) -> float:
    """Weigh capitals: most words of a title in Title Case have one, few of a sentence's."""
    long = [word for word in words if len(word) >= 4]
    cased = [word for word in long if word.isascii() or word.lower() != word.upper()]
    if len(cased) < 3:
        return 0.0
    share = sum(not word[0].islower() for word in cased) / len(cased)
    if share >= 0.75:
        return -2.0
    if share >= 0.5:
        return -1.0
    return 0.8 if share <= 0.2 and len(cased) >= 6 else 0.0
