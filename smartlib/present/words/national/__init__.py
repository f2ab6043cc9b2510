"""Sentences of the national notebooks, a module each, Indonesian and English side by side."""
