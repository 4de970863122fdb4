r"""Which formulas may go into a BibTeX file as TeX: only those that can do no harm.

A bibliography is run by its reader's TeX. `\input` or `\write` in a pasted title would read or
write the reader's files, and a brace too many would swallow the rest of the file. So a command
must be on a list, braces must balance as BibTeX counts them (it does not know `\{`), and what
starts comments, parameters, columns or other maths keeps a formula out.
"""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_FORBIDDEN = re.compile(r"[^ -~]|[$%#&~\"@]|\^\^|''")
_SPACING = frozenset(",;:!|")
_LONGEST = 300
_COMMAND_WORDS = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda
    Xi Pi Sigma Upsilon Phi Psi Omega aleph ell hbar Re Im infty partial nabla emptyset prime
    forall exists neg cdot cdots ldots dots times div pm mp ast star circ bullet oplus otimes odot
    dagger wedge vee cap cup setminus in ni notin subset subseteq supset supseteq le leq ge geq ne
    neq ll gg sim simeq approx equiv cong propto mid parallel perp to rightarrow leftarrow
    leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto uparrow downarrow frac sqrt sum prod
    int lim sup inf max min arg log ln exp sin cos tan dim det Pr mathrm mathbf mathit mathsf
    mathtt mathcal mathbb mathfrak mathscr boldsymbol text textbf textit textrm operatorname hat
    widehat tilde widetilde bar overline vec dot ddot left right langle rangle lfloor rfloor lceil
    rceil lvert rvert lVert rVert quad qquad
"""
_COMMANDS = frozenset(_COMMAND_WORDS.split())


def is_safe(tex: str) -> bool:
    """Whether TeX, without delimiters, can stand between dollar signs in a BibTeX field."""
    if not tex.strip() or len(tex) > _LONGEST or _FORBIDDEN.search(tex) or tex.endswith("\\"):
        return False
    known = all(
        found[1] in _COMMANDS if found[1] else found[2] in _SPACING
        for found in _COMMAND.finditer(tex)
    )
    return known and _balanced(tex)


def _balanced(tex: str) -> bool:
    depth = 0
    for mark in tex:
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            return False
    return depth == 0
