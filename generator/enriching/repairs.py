r"""The damage that is mended, rule by rule, and nothing beyond these rules.

Pages of paper lists lose the dollars and backslashes of maths on the way: `$384\times384$`
arrives as `384times384`, `$Q^{\star}$` as `Q^{star}`. Each rule takes only
what can hardly be anything else; an English word, the name of a program or of a variable is
never touched. What TeX *means* (`\%`, `\'e`, `--`) is no damage: that is the business of `tex`.

`mending` finds the spots and keeps book; here is what becomes of them.
"""

from __future__ import annotations

import re
from html import unescape

import msgspec

from generator.enriching.symbols import GREEK, RELATIONS


class Rule(msgspec.Struct, frozen=True):
    """One kind of damage."""

    key: str
    """As in `Repair.rule`."""
    does: str
    """One line for people."""
    before: str
    """An example as supplied."""
    after: str
    """The example as it is shown."""


REPAIRS = (
    Rule("times", "a multiplication sign between numbers", "384times384", "384 × 384"),
    Rule("factor", "a multiplication sign behind a number", "2.5times faster", "2.5× faster"),
    Rule("relation", "a comparison with a number", "geq 0.65", "≥ 0.65"),
    Rule("about", "“about” glued to a number with a unit", "sim80%", "∼80%"),
    Rule("plusminus", "plus or minus between numbers", "76.2pm0.4", "76.2 ± 0.4"),
    Rule("script", "something raised or lowered, in braces", "Q^{star}", "Q^⋆"),
    Rule("greek", "a Greek letter with a number", "pi_0", "π₀"),
    Rule("braced", "one sign of maths in braces", "{\\epsilon}", "ε"),
    Rule("command", "a command of maths outside of maths", "3.6\\times faster", "3.6× faster"),
    Rule("wrapper", "a style of maths without its backslash", "mathcal{O}(n)", "O(n)"),
    Rule("entity", "a character written for HTML", "T &lt; 150", "T < 150"),
)
"""Every rule, in the order in which they are explained."""

_NUMBER = r"\d{1,6}(?:\.\d{1,4})?"
_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_SMALL_GREEK = "|".join(name for name in GREEK if name.islower())

PATTERNS = rf"""
    (?P<times>(?<![\w.])(?:{_NUMBER}(?:times{_NUMBER}){{1,3}}
      |[A-Za-z](?:times[A-Za-z]){{1,3}})(?![\w^]))
  | (?P<factor>(?<![\w.,/-])(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|{_NUMBER})times(?![\w^-]))
  | (?P<relation>(?<![\w\\.-])(?:geq|leq|neq)(?:\ -?)?{_NUMBER}(?!\ ?dB|\.?\w|\^))
  | (?P<about>(?<![\w\\.-])sim{_NUMBER}(?:\\?%|times(?!\w)))
  | (?P<plusminus>(?<![\w.])\d{{1,4}}\.\d{{1,4}}(?:\\?%)?pm\d{{1,4}}\.\d{{1,4}}(?!\w)
      | \{{pm\ ?\w(?:,\ ?pm\ ?\w){{0,5}}\}})
  | (?P<script>(?:(?<![A-Za-z0-9\\$_^])[A-Za-z0-9]{{1,20}}|[)|\]])
      (?=[_^]\{{|\^\\?(?:circ|star|ast|top|dagger)(?![A-Za-z])|\^\\[a-z]))
  | (?P<greek>(?<![\w\\$^{{.-])
      (?:(?:{_SMALL_GREEK})[_^]\d(?:\.\d)?|ell_(?:\d|p|infty)|[Ll]_infty)(?![\w^(]))
  | (?P<wrapper>(?<![\w\\$])(?:mathcal|mathbb|mathbf|mathrm|mathsf|mathit|mathtt|mathfrak|mathscr
      |boldsymbol|operatorname|sqrt|frac|widetilde|overline|textbf|textit|texttt)(?=\{{))
  | (?P<entity>(?:&nbsp;\ ?){{1,9}}|(?<=\ )&(?:lt|gt|le|ge|amp);(?=\ ))
"""
"""One alternative for each rule that shows in the text itself, for a verbose pattern."""

_TRACES = tuple(
    re.compile(trace)
    for trace in (
        *(r"times(?<=[A-Za-z0-9]times)", r"eq(?<=[gln]eq)[ \d-]", r"sim\d", r"pm\d", "&[a-z]"),
        *(r"_\\?[{a-z0-9]", r"\^\\?[{a-z0-9]"),
    )
)
"""Each begins with letters or a sign: such are found in a fraction of the time."""

_NAME = re.compile(
    rf"(?<![\\A-Za-z])(?:{_GREEK}|infty|ell|star|leq|geq|times|cdot|pm|log|ln|exp|sqrt"
    r"|frac|mathcal|mathbb|mathbf|mathrm|nabla|partial|rightarrow)(?![A-Za-z])"
)
_LONG_INDEX = re.compile(r"_([A-Za-z]{2,20})(?![A-Za-z])")
_WHOLE = re.compile(r"(?:circ|star|ast|top|dagger|prime|max|min|in|text|mathrm)")
_SCRIPT = re.compile(r"[A-Za-z0-9 +\-*/=(),.|'<>:\\{}^_≤≥∗⋆]{1,80}")


def has_trace(text: str) -> bool:
    """Say whether a text may have damage; where not, it need not be looked at more closely."""
    return any(trace.search(text) for trace in _TRACES)


def numbers(rule: str, spot: str) -> str:
    """Mend a spot that one of the rules for numbers has found."""
    spot = spot.replace("\\%", "%")
    if rule == "times":
        return spot.replace("times", " × ")
    if rule == "factor":
        return spot.replace("times", "×")
    if rule == "about":
        return spot.replace("sim", "∼").replace("times", "×")
    if rule == "entity":
        return unescape(spot) if "&nbsp;" not in spot else " "
    if rule == "plusminus":
        return re.sub(r"pm ?", "±" if spot[0] == "{" else " ± ", spot)
    return f"{RELATIONS[spot[:3]]} {spot[3:].strip()}"


def as_tex(content: str) -> str | None:
    """Give what stands in braces with its backslashes put back; None if it is no maths."""
    if not _SCRIPT.fullmatch(content):
        return None
    if _WHOLE.fullmatch(content):
        return f"\\{content}"
    named = _NAME.sub(lambda name: f"\\{name[0]}", content)
    return _LONG_INDEX.sub(r"_{\\mathrm{\1}}", named)
