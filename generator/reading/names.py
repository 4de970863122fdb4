"""Recognise a line that is a list of people's names, as it stands below a copied title.

Only the form is judged: at least two names of two to four capitalised words each. What such a
line means where it stands is for `steps` to say.
"""

from __future__ import annotations

import re

_LONGEST = 2000
_BETWEEN = re.compile(r"\s*[,;，；、]\s*(?:and |& ?)?|\s+(?:and|&)\s+", re.IGNORECASE)
_SIGNS = re.compile(r"[\d*†‡§¶#^∗⋆]+|\((?:[^()]{0,40})\)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]|$)){0,24}\.?")
_PARTICLE_WORDS = """
    al bin da de del della den der di dos du el ibn la le ten ter van von
    """
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NO_NAME_WORDS = """
    a agents algorithms alignment analysis and applications approach attention audio automated
    based benchmark benchmarks beyond bias causal challenges code computer control data dataset
    datasets decision deep design detection diffusion distributed domain dynamics editing
    efficient embodied estimation ethics evaluation evidence experts fairness features federated
    few-shot fine-tuning for foundation framework from gaussian generation generative graph
    graphs human image images in inference information instruction intelligence knowledge
    language large learning machine memory method methods model modeling models motion
    multi-modal multimodal natural network networks neural of on online open optimization
    parallel perception performance planning policies policy prediction preference privacy
    problem processing prompt reasoning recognition reinforcement representation representations
    research retrieval reward robot robotics robots robust robustness safety sampling search
    segmentation self-supervised semantic sequence shot space spaces speech states supervised
    survey synthesis systems task tasks text the theory time to tools training transfer
    transformer transformers translation trees understanding using video vision visual web with
    zero-shot
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_NO_NAME = re.compile(
    r".{3,}(?:ation|ction|ment|ness|ity|ics|ional|coder|gram|works?|tions)s?|.{5,}ing"
)
"""Ends of words that are no names."""


def names_of(text: str) -> tuple[str, ...]:
    """Return the names that a line lists, without footnote signs; none if it is no such list."""
    if len(text) > _LONGEST or ":" in text or text.endswith((".", "!", "?")):
        return ()
    parts = [_SIGNS.sub("", part).strip() for part in _BETWEEN.split(text)]
    names = tuple(part for part in parts if part)
    return names if len(names) > 1 and all(map(_is_name, names)) else ()


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or any(
        word.lower() in _NO_NAMES or _NO_NAME.fullmatch(word) for word in words
    ):
        return False
    capitals = [word for word in words if word.lower() not in _PARTICLES]
    return len(capitals) > 1 and all(
        _WORD.fullmatch(word) is not None and word[0].isupper() for word in capitals
    )
