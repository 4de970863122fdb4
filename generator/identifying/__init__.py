"""Look papers up at arXiv: who wrote them, under which identifier, when.

`asking` talks to arXiv's API as its manual asks to be talked to; `answers` reads what comes back;
`matching` decides whether an answer is the paper. `broadsheet identify` brings them together and
writes `docs/digests/identities.yml`, which is all that builds ever read.
"""
