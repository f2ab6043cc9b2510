"""What cells of a column are worth: numerals, decimal marks, and what a column leaves open."""
