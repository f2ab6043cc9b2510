"""Which rows of a sheet are the table, and which region each of them is about."""
