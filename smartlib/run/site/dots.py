"""The index page's map: a dot for each region, those with a known score coloured (floor 5)."""

from __future__ import annotations

from html import escape

import pandas as pd

WIDTH, EDGE = 720.0, 8.0
STEPS = 5  # of colour, equal counts of regions
SMALL, LARGE = 1.8, 4.2  # radii


def dot_map(register: pd.DataFrame, scores: pd.DataFrame, label: str) -> str:
    """Dots at the regions' centroids, without axes; the script makes them lead to their rows.

    Parameters
    ----------
    register : DataFrame
        Indexed by region code: region, longitude, latitude.
    scores : DataFrame
        Known rows, indexed by region code: published_index.
    label : str
        Alternative text.
    """
    placed = register.dropna(subset=["longitude", "latitude"])
    west, north = placed["longitude"].min(), placed["latitude"].max()
    scale = (WIDTH - 2 * EDGE) / (placed["longitude"].max() - west)
    height = 2 * EDGE + scale * (north - placed["latitude"].min())
    x = EDGE + scale * (placed["longitude"] - west)
    y = EDGE + scale * (north - placed["latitude"])
    known = placed.index.isin(scores.index)
    grey = "".join(
        f'<circle cx="{a:.0f}" cy="{b:.0f}" r="{SMALL}"/>'
        for a, b in zip(x[~known], y[~known], strict=True)
    )
    steps = (
        scores["published_index"].rank(pct=True, method="first").mul(STEPS).clip(upper=STEPS - 0.01)
    )
    dots = "".join(
        f'<circle class="s{int(steps[code])}" data-code="{escape(str(code))}" cx="{x[code]:.1f}" '
        f'cy="{y[code]:.1f}" r="{LARGE}"/>'
        for code in scores.index
        if code in placed.index
    )
    return (
        f'<svg id="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(label)}"><g class="none">{grey}</g>{dots}</svg>'
    )
