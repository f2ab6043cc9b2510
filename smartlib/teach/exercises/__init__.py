"""The registry of exercises: what is right, computed by the package, and the usual mistakes.

One module a lesson; an entry of its `EXERCISES` adds an exercise. Hints stand here and not among
`present`'s words, since each belongs to one value that is computed beside it.
"""
