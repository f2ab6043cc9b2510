"""Estimators: formulas, least squares, covariances, bootstrap, multiple testing."""
