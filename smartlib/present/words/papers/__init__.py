"""Sentences of a paper's statistics: method, results, descriptive tables, assumption tests."""
