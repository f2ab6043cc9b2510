"""Remarks of assessors: the codebook of their themes, and the user's own texts of them."""
