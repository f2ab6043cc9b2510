"""The command line (floor 6): the only room that prints.

`verbs/` has one module a command, and says no more than how it is asked and how it answers:
the work is done in the rooms below. `terminal/` has what commands share, printing and
options; `entry` finds a command's module when it is asked for, so that help, and a build that
has nothing to do, start at once.
"""

from smartlib.cli.entry import commands, main

__all__ = ["commands", "main"]
