"""What may explain an index: factors by rule, derived ones, outcomes, circularity."""
