"""What the national notebooks on audit, ranking and robustness show."""
