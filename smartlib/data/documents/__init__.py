"""Reading the ministry's documents: lines, areas, records (within floor 1)."""
