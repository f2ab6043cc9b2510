"""What a region's report shows: texts, tables, figures."""
