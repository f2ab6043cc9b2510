"""A published regression over kabupaten and kota, from the published file to its coefficient.

Mendez, C. Spatially varying economic convergence across Indonesia's 514 districts
(carlos-mendez.org/post/python_mgwr): growth of GDP per capita from 2010 to 2018 on its logarithm in
2010, with the data of QuaRCS behind Miranti and Mendez (2023), Bulletin of Indonesian Economic
Studies, 59(3), 421-445. The file is its authors' and not in this project.
"""

from __future__ import annotations

import pytest
from test_real_tables import PLACES

from smartlib import describe, fit, read_table

TABLE = next((p for p in PLACES if p.exists()), PLACES[0]) / "quarcs_dataBeta.csv"
FORMULA = "g ~ ln_gdppc2010"
ROUNDED = 0.5e-4  # the page prints four decimals


@pytest.mark.skipif(not TABLE.exists(), reason=f"{TABLE.name} is not here: it is its authors'")
def test_convergence_of_districts_is_as_published() -> None:
    """Read without an option, all 514 districts: slope, R squared, adjusted R squared, and the
    table of means, spreads, quartiles and ends that stands above them.
    """
    frame = read_table(TABLE)
    found = fit(FORMULA, frame, se="hc3")
    assert found.n == 514
    assert found.params["ln_gdppc2010"] == pytest.approx(-0.1948, abs=ROUNDED)
    assert found.r_squared == pytest.approx(0.2135, abs=ROUNDED)
    assert round(found.goodness.adjusted_r_squared, 3) == 0.212
    table = describe(frame, "ln_gdppc2010 g").set_index("name")
    fields = ["mean", "sd", "lowest", "lower_quartile", "median", "upper_quartile", "highest"]
    published = {
        "ln_gdppc2010": [9.8371, 0.7603, 7.1657, 9.3983, 9.7626, 10.1739, 13.4438],
        "g": [0.3860, 0.3205, -2.0452, 0.2583, 0.3453, 0.4158, 2.0563],
    }
    for name, numbers in published.items():
        assert table.loc[name, fields].tolist() == pytest.approx(numbers, abs=ROUNDED)
