"""A report as one record, and the forms that it takes: page, print, cells of a notebook.

Frozen blocks say what a report holds; `carried` writes them to JSON and reads them back;
`vector` and `charts` draw figures as SVG, `markup`, `typeset` and `cells` write the rest. Needs
nothing but the standard library, so that whoever reads a record need not wait.
"""
