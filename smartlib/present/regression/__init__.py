"""What the notebooks on regressions and the programme show, and a fit's tables."""
