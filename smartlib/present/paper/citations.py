"""Sources of the methods, as BibTeX and as lines of a list (floor 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ARTICLE, BOOK, NOTE = "article", "book", "techreport"


@dataclass(frozen=True)
class Citation:
    """A published source.

    Attributes
    ----------
    kind : str
        Of BibTeX.
    author, title, year : str
        Authors joined by ` and `, family name first.
    fields : mapping of str to str
        journal, volume, number, pages, publisher, institution.
    """

    kind: str
    author: str
    year: str
    title: str
    fields: Mapping[str, str]

    def bibtex(self, key: str) -> str:
        """As an entry."""
        own = {"author": self.author, "title": f"{{{self.title}}}", "year": self.year}
        lines = [f"  {name} = {{{value}}}," for name, value in {**own, **self.fields}.items()]
        return "\n".join([f"@{self.kind}{{{key},", *lines, "}"])

    def line(self) -> str:
        """As a line of a list of references."""
        of = self.fields
        place = of.get("journal") or of.get("publisher") or of.get("institution", "")
        volume = of.get("volume", "")
        number = f"({of['number']})" if "number" in of else ""
        pages = f", {of['pages'].replace('--', '-')}" if "pages" in of else ""
        tail = f", {volume}{number}" if volume else ""
        authors = self.author.replace(" and ", "; ")
        return f"{authors} ({self.year}). {self.title}. {place}{tail}{pages}."


def _article(author: str, year: str, title: str, journal: str, place: str) -> Citation:
    """An article; `place` is volume, number and pages between spaces."""
    volume, number, pages = place.split()
    fields = {"journal": journal, "volume": volume, "number": number, "pages": pages}
    return Citation(ARTICLE, author, year, title, fields)


JASA = "Journal of the American Statistical Association"
JBES = "Journal of Business & Economic Statistics"
CITATIONS: Mapping[str, Citation] = {
    "bell2002": _article(
        "Bell, Robert M. and McCaffrey, Daniel F.",
        "2002",
        "Bias reduction in standard errors for linear regression with multi-stage samples",
        "Survey Methodology",
        "28 2 169--181",
    ),
    "pustejovsky2018": _article(
        "Pustejovsky, James E. and Tipton, Elizabeth",
        "2018",
        "Small-sample methods for cluster-robust variance estimation and hypothesis testing in "
        "fixed effects models",
        JBES,
        "36 4 672--683",
    ),
    "imbens2016": _article(
        "Imbens, Guido W. and Koles{\\'a}r, Michal",
        "2016",
        "Robust standard errors in small samples: some practical advice",
        "Review of Economics and Statistics",
        "98 4 701--712",
    ),
    "mackinnon1985": _article(
        "MacKinnon, James G. and White, Halbert",
        "1985",
        "Some heteroskedasticity-consistent covariance matrix estimators with improved finite "
        "sample properties",
        "Journal of Econometrics",
        "29 3 305--325",
    ),
    "cameron2008": _article(
        "Cameron, A. Colin and Gelbach, Jonah B. and Miller, Douglas L.",
        "2008",
        "Bootstrap-based improvements for inference with clustered errors",
        "Review of Economics and Statistics",
        "90 3 414--427",
    ),
    "shapiro1965": _article(
        "Shapiro, Samuel S. and Wilk, Martin B.",
        "1965",
        "An analysis of variance test for normality (complete samples)",
        "Biometrika",
        "52 3/4 591--611",
    ),
    "jarque1980": _article(
        "Jarque, Carlos M. and Bera, Anil K.",
        "1980",
        "Efficient tests for normality, homoscedasticity and serial independence of regression "
        "residuals",
        "Economics Letters",
        "6 3 255--259",
    ),
    "lilliefors1967": _article(
        "Lilliefors, Hubert W.",
        "1967",
        "On the Kolmogorov-Smirnov test for normality with mean and variance unknown",
        JASA,
        "62 318 399--402",
    ),
    "breusch1979": _article(
        "Breusch, Trevor S. and Pagan, Adrian R.",
        "1979",
        "A simple test for heteroscedasticity and random coefficient variation",
        "Econometrica",
        "47 5 1287--1294",
    ),
    "koenker1981": _article(
        "Koenker, Roger",
        "1981",
        "A note on studentizing a test for heteroscedasticity",
        "Journal of Econometrics",
        "17 1 107--112",
    ),
    "white1980": _article(
        "White, Halbert",
        "1980",
        "A heteroskedasticity-consistent covariance matrix estimator and a direct test for "
        "heteroskedasticity",
        "Econometrica",
        "48 4 817--838",
    ),
    "glejser1969": _article(
        "Glejser, Herbert",
        "1969",
        "A new test for heteroskedasticity",
        JASA,
        "64 325 316--323",
    ),
    "ramsey1969": _article(
        "Ramsey, James B.",
        "1969",
        "Tests for specification errors in classical linear least-squares regression analysis",
        "Journal of the Royal Statistical Society, Series B",
        "31 2 350--371",
    ),
    "cliff1981": Citation(
        BOOK,
        "Cliff, Andrew D. and Ord, J. Keith",
        "1981",
        "Spatial processes: models and applications",
        {"publisher": "Pion, London"},
    ),
    "cook1977": _article(
        "Cook, R. Dennis",
        "1977",
        "Detection of influential observation in linear regression",
        "Technometrics",
        "19 1 15--18",
    ),
    "correia2015": Citation(
        NOTE,
        "Correia, Sergio",
        "2015",
        "Singletons, cluster-robust standard errors and fixed effects: a bad mix",
        {"institution": "Duke University"},
    ),
    "mcfadden1974": Citation(
        "incollection",
        "McFadden, Daniel",
        "1974",
        "Conditional logit analysis of qualitative choice behavior",
        {
            "booktitle": "Frontiers in Econometrics",
            "editor": "Zarembka, Paul",
            "pages": "105--142",
            "publisher": "Academic Press",
        },
    ),
}
BY_ERRORS: Mapping[str, tuple[str, ...]] = {
    "cr2": ("bell2002", "pustejovsky2018"),
    "hc2bm": ("bell2002", "imbens2016"),
    "hc3": ("mackinnon1985",),
    "wild": ("cameron2008",),
}
BY_CHECK: Mapping[str, tuple[str, ...]] = {
    "shapiro_wilk": ("shapiro1965",),
    "jarque_bera": ("jarque1980",),
    "lilliefors": ("lilliefors1967",),
    "breusch_pagan": ("breusch1979", "koenker1981"),
    "white": ("white1980",),
    "glejser": ("glejser1969",),
    "reset": ("ramsey1969",),
    "moran": ("cliff1981",),
    "cooks_distance": ("cook1977",),
}


def bibtex(keys: Iterable[str]) -> str:
    """Entries of some sources, sorted by key."""
    return "\n\n".join(CITATIONS[key].bibtex(key) for key in sorted(set(keys))) + "\n"


def reference_lines(keys: Iterable[str]) -> list[str]:
    """Lines of a list of references, sorted."""
    return sorted(CITATIONS[key].line().replace("{\\'a}", "á") for key in set(keys))
