"""A digest as an e-mail, for a mailing list or a newsletter service to hand out.

`settings` reads what a project says of its list; `message` writes the message, of a library alone;
`record` remembers which digests went out; `sending` hands a message to a server. Who gets it is
kept where the list is, never here. `broadsheet mail` brings the four together.
"""
