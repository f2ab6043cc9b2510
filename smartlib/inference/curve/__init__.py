"""The specification curve: every defensible fit, its summary, inference under the null."""
