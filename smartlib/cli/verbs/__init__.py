"""One module a command, named as it is typed, with its function `command`.

A command's module imports what it does its work with inside the function, so that help starts
at once.
"""
