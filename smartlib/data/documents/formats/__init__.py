"""From files of several formats to lines (within floor 1)."""
