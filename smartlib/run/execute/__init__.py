"""Running one notebook: engine, pool of threads, report, the warm server."""
