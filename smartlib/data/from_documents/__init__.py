"""What documents have given: tidy tables, the codebook of remarks, the user's own texts."""
