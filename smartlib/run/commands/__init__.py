"""What single commands do: check a table, fit a regression, run one notebook."""
