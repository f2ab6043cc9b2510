"""How published numbers were made: totals, weights, grains of means, single questions."""
