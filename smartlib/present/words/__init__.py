"""Words and tables: sentences, numbers and sheets in both languages."""
