"""What `broadsheet add` does besides reading: make digests of a paste, and tell of them.

`days` finds the year of a day that a text states without one, `lists` parts a text by its days and
says what is known of each list, `telling` puts that into words and a table. How papers are written
down is for `generator.canonical`.

Nothing here touches a disk, a terminal or the clock: that is for the command itself
(`generator.commands.add`).
"""
