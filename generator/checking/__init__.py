"""What `broadsheet check` does besides reading: show problems, and mend what is mechanical.

`findings` adds to problems the lines that they are on, `excerpt` cuts and marks a line, and `codes`
knows where each kind of problem is explained. `texts` tells problems to people, `github` to a pull
request. `mending` changes a digest's text where there can be no doubt, `steps` has what it does.

Nothing here touches a disk: that is for the command itself (`generator.commands.check`).
"""
