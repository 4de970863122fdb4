"""What `broadsheet add` does besides reading: make digests of a paste, and tell of them.

`days` finds the year of a day that a text states without one, `lists` parts a text by its days and
says what is known of each list, `quoting` takes off what a reply to a mail puts before lines,
`telling` puts into words and a table what was understood. How papers are written down is for
`generator.canonical`.

Nothing here touches a disk, a terminal or the clock: that is for the command itself
(`generator.commands.add`).
"""
