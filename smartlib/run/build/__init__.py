"""A build: many reports in one order."""
