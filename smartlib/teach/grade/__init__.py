"""Grading a class: submissions run on warm kernels, their values are compared here.

A kernel is asked for values, never for a score: what it says of right and wrong is not read.
"""
