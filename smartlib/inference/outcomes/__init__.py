"""Outcomes before and after selection: differences in differences, and what speaks against them."""
