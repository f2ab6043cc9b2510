"""What reports cost, beside the other ways of making them: `python -m benchmarks`."""
