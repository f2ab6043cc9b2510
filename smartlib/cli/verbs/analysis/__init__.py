"""Commands of an analysis of one's own: a table read, described, fitted, taken elsewhere."""
