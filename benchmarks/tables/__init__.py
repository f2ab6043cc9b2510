"""Tables of regions in every form that a researcher has, made from the real factors.

Each table comes with its truth. Reading it ends in the truth, in a question whose true answer
leads to the truth, or in an error that names a place; anything else is a silent misreading.
`python -m benchmarks.tables` makes three thousand of them and counts.
"""
