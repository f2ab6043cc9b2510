"""The same build on a Dask cluster."""
