"""From documents to tables of `data/raw`: checks, comparison with what is there, writing."""
