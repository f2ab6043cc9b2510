"""Warm kernels: notebooks run in processes forked from a server that has imported everything."""
