"""Tables as researchers have them: which cell is a region, a year, a number, a name (floor 1).

`reading` gives cells; here they get a meaning, by evidence in the table itself. What the table
cannot settle becomes a question with the option that answers it, never a guess.
"""
