"""One region among the others: its place, its gaps, what would move it."""
