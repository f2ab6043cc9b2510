"""Group-time averages by csdid 0.4.3 (PyPI), a port of R's did and DRDID, on mpdta.csv.

Run in this folder, where csdid is installed: python csdid_mpdta.py
Writes csdid.csv: control group, cohort, year (0: over all, simple), estimate, standard error by
influence functions (no bootstrap).
"""

from __future__ import annotations

import pandas as pd


def main() -> None:
    """Write csdid.csv."""
    from csdid.att_gt import ATTgt

    table = pd.read_csv("mpdta.csv")
    years = [name for name in table if name.isdigit()]
    long = table.melt(id_vars=["countyreal", "first_treat"], value_vars=years, var_name="year")
    long["year"] = long["year"].astype(int)
    rows = []
    for control in ("nevertreated", "notyettreated"):
        found = ATTgt(
            yname="value",
            gname="first_treat",
            idname="countyreal",
            tname="year",
            xformla="value~1",
            data=long,
            control_group=control,
        ).fit(est_method="reg", bstrap=False)
        cells = zip(
            found.results["group"],
            found.results["year"],
            found.results["att"],
            found.results["se"],
            strict=True,
        )
        rows += [(control, int(g), int(t), float(a), float(s)) for g, t, a, s in cells]
        simple = found.aggte(typec="simple", bstrap=False, cband=False).atte
        rows.append((control, 0, 0, float(simple["overall_att"]), float(simple["overall_se"])))
    columns = ["controls", "cohort", "year", "estimate", "standard_error"]
    pd.DataFrame(rows, columns=columns).to_csv("csdid.csv", index=False)


if __name__ == "__main__":
    main()
