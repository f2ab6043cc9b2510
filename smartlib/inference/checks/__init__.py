"""What speaks against a fit: influence, tests, space, what is not measured, power, years."""
