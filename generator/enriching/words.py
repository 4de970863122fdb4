"""Text → words that can be compared: case, plural, spelling and hyphens folded as readers do.

Tags, names on `Tags:` lines and phrases of the vocabulary all see words through this module.
It knows nothing of tags, weights or places in a paper; see `vocabulary` and `tagging`.

A word is compared by its *key*: its English stem in lower case ("quantized" and
"quantization" are one), or, where capitals carry meaning ("RAG", "STaR", "LLMs"),
the word as written without its plural s. A hyphen may be a space or nothing:
"pre-training" is also "pre training" and "pretraining".
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from Stemmer import Stemmer

from generator.enriching.forms import nfkc
from generator.enriching.memo import Memo

Step = tuple[str, int]
"""A key, and the number of words that it stands for (several when hyphens tie them)."""

_WORD = re.compile(
    r"((?<![^\W_])(?:[A-Za-z](?:\+\+|[#*])|\.NET)(?![^\W_])"  # C++, C#, A*, .NET
    r"|[A-Za-z0-9\u00C0-\u024F]+"
    r"|[^\W_A-Za-z0-9\u00C0-\u024F]+)"  # other scripts: "RAG를" holds the word "RAG"
)
_PLAIN_WORD = re.compile(r"([A-Za-z0-9]+)")
_SIGNED = ("++", "#", "*", ".NET")
"""Without these, and in ASCII, words are letters and digits: found in a fraction of the time."""
_PASSES = re.compile(r"[\s\"'`“”‘’$*{}]*|[\"'`“”‘’$*{}]*[-‐‑–][\s\"'`“”‘’$*{}]*")
"""What may stand between the words of a phrase; any other sign ends it, as does " - "."""
_HYPHENS = frozenset({"-", "‐", "‑", "–"})
_POSSESSIVE = frozenset({"'", "’"})
_MOST_WAYS = 1 << 16
"""Words whose ways are known at a time."""
_LONGEST_TIE = 4
_LONGEST_PHRASE = 12
"""In longer ones hyphens stay what they are: the ways to read them would be too many."""

_BRITISH = re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$|our(s|al|ally|ed|ing|less)?$")
_DOUBLED_L = re.compile(r"ell(ed|er|ers|ing|ings)$")
_BRITISH_WORDS = {
    "analyse": "analyze",
    "analysed": "analyzed",
    "analysing": "analyzing",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "catalogue": "catalog",
    "centre": "center",
    "centres": "centers",
    "defence": "defense",
    "defences": "defenses",
    "dialog": "dialogue",
    "dialogs": "dialogues",
    "fibre": "fiber",
    "programme": "program",
    "programmes": "programs",
}
_TERMS = """
    accelerator accessibility accountability acoustics adaptation adapter agent agentic
    alignment animal animation argumentation assistive attention attribution augmentation
    authentication bandit based batching bidding boosting causal causality clustering coding
    collider colorization compiler composition compositional compositionality continual
    contrastive conversation conversational convolution coordination creative creativity
    decoder decoding demonstration developer developmental discrimination discriminator
    driving dynamics economics efficiency electricity embedding encoder engineering
    environmental estimator evaluation explainability explainable exploration expressiveness
    expressivity factuality fairness generalization generation generative generator governance
    graphics grounding hardness humanities identifiability imaging initialization
    interpretability interpretable learnability linguistics localization manipulation
    manipulator mapping mathematics mobility normalization operator optimality optimization
    optimizer personality personalization personalized physics planner planning polarization
    politics probing programming prompting provenance proximal ranking reasoning
    recommendation recommender regularization replication representation retrieval retriever
    robustness routing sampling satisfiability scattering scheduling security segmentation
    semantics sensing sequencing serving simulation simulator specification statistics
    structured testing tokenization tokenizer trading transformer transportation tuning
    unlearning usability variational verifier visualization weighted
"""
_OWN_STEMS = frozenset(_TERMS.split())
"""Terms that the stemmer would merge with everyday words: a transformer does not transform,
generalization is not general, sampling is no sample. Only their plural is folded."""

_ENDS = "s g y e li ti ci gi ed al ll er or ogist ion ent ant ism ic ful"
_MAY_END = tuple(_ENDS.split())
"""What a word that the stemmer changes ends in: to ask takes a fraction of the time."""
_VOWELS = frozenset("aeiouy")
_stemmer = Stemmer("english")


def steps(text: str, *, shouting: bool | None = None) -> list[list[Step]]:
    """Say for each word of the text the ways to read on from it.

    An empty list marks a place that no phrase crosses, such as a full stop. `shouting` says
    that capitals mean nothing in this text; by default that is so when nearly all are capitals.
    """
    text = nfkc(text)
    if shouting is None:
        shouting = _shouts(text)
    words: list[str] = []
    tied: list[int] = []
    plain = text.isascii() and not any(sign in text for sign in _SIGNED)
    pieces = (_PLAIN_WORD if plain else _WORD).split(text)
    gaps, apart = pieces[:-1:2], pieces[1::2]
    done = 0
    # Between nearly all words is a space, and nothing to be seen to.
    for at in [at for at, gap in enumerate(gaps) if gap != " "]:
        words += apart[done:at]
        done, gap = at, gaps[at]
        if gap in _POSSESSIVE and apart[at] == "s":
            done += 1  # "The LLM's" has the word "LLM".
        elif words and (not _PASSES.fullmatch(gap) or gap.count("\n") > 1):
            words.append("")
        elif words and gap in _HYPHENS:
            tied.append(len(words))
    words += apart[done:]
    ways = list(map((_SHOUTED if shouting else _SAID).__getitem__, words))
    for at, ties in _ties(tied).items():
        ways[at] = [*ways[at], *_joined(words[at : at + ties + 1], shouting)]
    return ways


def paths(text: str, *, fold: bool = False) -> list[tuple[str, ...]]:
    """Return every sequence of keys by which a phrase can stand in a text, the plainest first.

    With `fold`, capitals mean nothing: for names that people type. No letter or digit → [].
    """
    text = text.casefold() if fold else text
    ways = [way for way in steps(text, shouting=False) if way]
    if len(ways) == 1 and len(ways[0]) > 1:
        ways = [ways[0][:1]]  # A lone capital, as in "C", is meant as one.
    if len(ways) > _LONGEST_PHRASE:
        return [tuple(way[0][0] for way in ways)]
    found: list[tuple[str, ...]] = []
    stack: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while stack and len(found) < 64:
        at, keys = stack.pop()
        if at == len(ways):
            if keys:
                found.append(keys)
            continue
        stack.extend((at + width, (*keys, key)) for key, width in reversed(ways[at]))
    return found


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """Return the form by which a word is compared; with capitals kept, it starts with `=`."""
    if not word.isalnum() and any(sign in word for sign in "+#*."):
        return "=" + word.upper()
    if len(word) > 1 and not word[1:].islower() and not any(c.isdigit() for c in word):
        plain = word[:-1] if word[-1] == "s" and len(word) > 2 else word
        if any(c.isupper() for c in plain[1:]) or (plain != word and plain.isupper()):
            return "=" + plain
    return _stem(word.lower())


def _ties(tied: list[int]) -> dict[int, int]:
    """Say to which word how many are tied, given the words that are tied to the one before."""
    ties: dict[int, int] = {}
    for at in reversed(tied):
        ties[at - 1] = min(ties.get(at, 0) + 1, _LONGEST_TIE - 1)
    return ties


def _joined(words: list[str], shouting: bool) -> list[Step]:
    """Give the first word joined with the next, with the next two, and so on."""
    ways = []
    joined = words[0]
    for number, word in enumerate(words[1:], 2):
        joined += word
        ways.append((key(joined.lower() if shouting else joined), number))
    return ways


def _alone(word: str, shouting: bool) -> list[Step]:
    if not word:
        return []
    first = key(word)
    if len(word) == 1 and word.isupper():
        return [("=" + word, 1), (first, 1)]
    if shouting and first[0] == "=":
        return [(first, 1), (first.removesuffix("S"), 1), (_stem(word.lower()), 1)]
    return [(first, 1)]


_SAID = Memo(partial(_alone, shouting=False), _MOST_WAYS)
_SHOUTED = Memo(partial(_alone, shouting=True), _MOST_WAYS)


def _shouts(text: str) -> bool:
    if 5 * sum(map(text.count, "aeinost")) >= len(text):
        return False  # These are too many for the rest to be capitals: so it is in nearly all.
    small = sum(1 for c in text if c.islower())
    return small * 4 < sum(1 for c in text if c.isupper()) and " " in text.strip()


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    word = _BRITISH_WORDS.get(word, word)
    if len(word) > 5:
        if "ell" in word:
            word = _DOUBLED_L.sub(r"el\1", word)
        if ("is" in word or "our" in word) and (match := _BRITISH.search(word)):
            head, tail = word[: match.start()], match.group()
            word = head + ("iz" + tail[2:] if tail[0] == "i" else "or" + tail[3:])
    for plain in (word, word.removesuffix("s"), word.removesuffix("ies") + "y"):
        if plain in _OWN_STEMS:
            return plain
    if _VOWELS.isdisjoint(word) and len(word) > 2:
        return word.removesuffix("s")  # The stemmer leaves "llms" and "rnns" alone.
    return str(_stemmer.stemWord(word)) if word.endswith(_MAY_END) else word
