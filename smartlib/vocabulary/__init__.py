"""Floor 0: errors, records, tables, folders. Imports nothing of the project."""
