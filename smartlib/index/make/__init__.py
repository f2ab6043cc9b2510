"""Making an index: dimension means to totals, published rounding, ranks, who took part."""
