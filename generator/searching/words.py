"""Text → words as the index holds them. The browser cuts a query in the same way.

Cutting is told twice, here and in `search.js` (a test holds the two against each other);
stemming only here: the index lists under each stem the forms that were seen, so that the
browser looks a form up and needs no stemmer.

Letters lose case, accents and width. A hyphen ties words: "pre-training" is "pre", "training"
and also "pretraining"; so does a space before a number, as in "Llama 3.1". Scripts that put no
space between words are cut into pairs of signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from Stemmer import Stemmer

_ACCENTS = re.compile("[\u0300-\u036f]+")
_PIECE = 1000
_WORD = re.compile(
    r"[a-z](?:\+\+|#)(?![^\W_])"  # c++, c#
    r"|[^\W_]+(?:(?<=[0-9])(?:\.[0-9]+)+[^\W_]*)?"  # 3.1, 1.5b, llama3.1
)
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that are written without spaces, or with endings grown to the word (Korean)."""
_RUN = re.compile(f"[{DENSE}]+|[^{DENSE}]+")
HAS_DENSE = re.compile(f"[{DENSE}]")
HYPHENS = frozenset("-\u2010\u2011")
LONGEST = 40
"""Letters of a word that count; what follows is cut off."""
_MOST_JOINED, _MOST_TIED = 3, 8
"""Parts that are joined to one word; and parts of a tie, a longer one is a list and no word."""
NUMBER = re.compile(r"[0-9][0-9.]{0,3}[a-z]?")
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"} | {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
"""Letters that people type otherwise, and that Unicode does not take apart."""
_UNUSUAL = re.compile(f"[{''.join(_PLAIN)}]")
_CHANGING = re.compile("[^\0-\x7f\uac00-\ud7a3\u2013\u2014\u2018\u2019\u201c\u201d]")
"""Not the commonest of those that stay as they are: Korean syllables, dashes, quotation marks."""
_BEYOND_ASCII = re.compile("[^\0-\x7f]+")

NOWHERE = -1

_STOP = """
    a about after again all also am an and any are as at be because been before being between both
    but by can could did do does doing done down during each else few for from further had has
    have having he her here hers him his how i if in into is it its itself just me might more most
    must my no nor not now of off on once only or other our ours out over own same shall she should
    so some such than that the their theirs them then there these they this those through thus to
    too under until up upon us very was we were what when where whether which while who whom whose
    why will with within without would yet you your
    """
STOP_WORDS = frozenset(_STOP.split())
"""Words that tell nothing of a text. In a title they count, for "all you need"."""

_BRITISH = re.compile(r"(?<=[a-z]{3})(?:is(e|ed|es|er|ers|ing|ation|ations)|our(s|al|ed|ing)?)$")
_MAY_END = re.compile(
    "(?:[sgye]|[ltcg]i|ed|al|ll|our|er|or|ogist|ation|tion|sion|ion|ment|ent|ant|ism|ic|ful)$"
)
"""What a word that the stemmer changes ends in: to ask takes a tenth of the time."""
_VOWELS = frozenset("aeiouy")
_stemmer = Stemmer("english", 0)
"""It need not keep stems: a build asks for each once."""


def fold(text: str) -> str:
    """Return the text without case, accents and width; in time linear in the text."""
    if text.isascii() or not _CHANGING.search(text):
        return text.lower()
    # What is plain stays as it is, whatever stands beside it.
    folded = _BEYOND_ASCII.sub(_without_accents, text).lower()
    return _UNUSUAL.sub(lambda sign: _PLAIN[sign[0]], folded)


def _without_accents(match: re.Match[str]) -> str:
    run = match.group()
    if len(run) <= _PIECE:
        return _bare(run)
    # Putting a flood of accents in order takes quadratic time; in pieces it cannot grow.
    return "".join(_bare(run[at : at + _PIECE]) for at in range(0, len(run), _PIECE))


@lru_cache(maxsize=1 << 12)
def _bare(run: str) -> str:
    """Return a run without accents; most are a dash or a quotation mark, and come again."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", run)))


def cut(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a text, each with its place.

    Words joined across hyphens come on top, without a place: theirs is `NOWHERE`.
    """
    text = fold(text)
    place = end = 0
    tied: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        gap = text[end : match.start()]
        end = match.end()
        if word == "s" and gap in ("'", "\u2019"):
            continue
        has_dense = not word.isascii() and HAS_DENSE.search(word)
        for piece in _RUN.findall(word) if has_dense else (word,):
            is_dense = has_dense and HAS_DENSE.match(piece)
            if tied and (is_dense or gap not in HYPHENS):
                yield from ((joined, NOWHERE) for joined in _ties(tied, gap, piece))
                tied = []
            gap = ""
            if not is_dense:
                tied.append(piece[:LONGEST])
                yield tied[-1], place
            elif len(piece) == 1:
                yield piece, place
            else:
                for pair in pairs(piece):
                    yield pair, place
                    place += 1
            place += 1
    if len(tied) > 1:
        yield from ((joined, NOWHERE) for joined in joined_words(tuple(tied)))


def _ties(tied: Sequence[str], gap: str, behind: str) -> Sequence[str]:
    """Return what words make that are tied to each other, or one and a number behind it."""
    if len(tied) > 1:
        return joined_words(tuple(tied))
    is_named = gap == " " and is_name(tied[0]) and NUMBER.fullmatch(behind)
    return (tied[0] + behind,) if is_named else ()


def pairs(run: str) -> list[str]:
    """Cut a run of signs without spaces."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def is_name(word: str) -> bool:
    """Return whether a number behind the word may be part of what it names."""
    return len(word) > 1 and word.isalpha() and word not in STOP_WORDS


@lru_cache(maxsize=1 << 14)
def joined_words(tied: tuple[str, ...]) -> tuple[str, ...]:
    """Return what parts that follow each other make; "few-shot" is a word, "of-the" is none."""
    if len(tied) > _MOST_TIED:
        return ()
    found = []
    for start in range(len(tied) - 1):
        for stop in range(start + 2, min(start + _MOST_JOINED, len(tied)) + 1):
            parts = tied[start:stop]
            dull = len(STOP_WORDS.intersection(parts))
            if not dull or (dull == 1 and len(tied) == 2):
                found.append("".join(parts)[:LONGEST])
    return tuple(found)


def stem(word: str) -> str:
    """Return the stem of a word; the two begin alike, so that they stand close in the index."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    if word[-1] == "s" and (
        _VOWELS.isdisjoint(word) or (len(word) == 3 and word[1] not in "aious")
    ):
        # The plural of an acronym, "llms" and "lms", which the stemmer leaves alone; no "bus".
        return word[:-1] if word[-2] != "s" else word
    if len(word) == 3:
        return word
    if not _MAY_END.search(word):
        return word
    american = _BRITISH.sub(_american, word) if len(word) > 5 else word
    found = str(_stemmer.stemWord(american))
    return found if found[:3] == word[:3] else word


def _american(match: re.Match[str]) -> str:
    whole = match.group()
    return ("iz" if whole[0] == "i" else "or") + (match[1] or match[2] or "")
