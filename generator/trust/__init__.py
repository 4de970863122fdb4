"""What a page of the site may do in a reader's browser, and nothing else.

    policy      the sources of each kind that pages may use; what a site's owner adds to them
    scanning    what there is in a finished page that runs, or is fetched
    theme       the inline scripts that a theme's own templates have
    sealing     the policy put first into a page's head, and what it would forbid in that page
    guard       that, for all pages that a builder left in a folder
    settings    what mkdocs.yml says of it
    serving     the script by which `mkdocs serve` reloads pages, let in

A generated page has no inline script and no inline style, so that its policy is one constant. One
written by hand has the theme's inline scripts; their hashes are taken from the finished page, and
only of scripts that the theme itself has or that the site's owner allowed by name.
"""

from generator.trust.guard import Guard
from generator.trust.policy import Policy, PolicyError
from generator.trust.sealing import Finding
from generator.trust.serving import reloading
from generator.trust.settings import policy_of, scripts_of

__all__ = ["Finding", "Guard", "Policy", "PolicyError", "policy_of", "reloading", "scripts_of"]
