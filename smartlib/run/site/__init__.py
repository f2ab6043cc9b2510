"""Pages made from executed notebooks, and the index of them."""
