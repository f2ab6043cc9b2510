"""Figures: the numbers on their axes, their words, their bytes.

Comparing images would tie the tests to a font; the artists hold the numbers.
"""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from smartlib import index
from smartlib.present.drawing import Picture, lettering
from smartlib.present.national import ranking_figures as national

SOURCE = "Source: test."
TOUCH = 1.0  # pixel by which the boxes of neighbouring lines may meet; letters fill less


def points(ax, colour_of: str | None = None) -> list[tuple[float, float]]:
    lines = [line for line in ax.lines if line.get_marker() not in ("None", "")]
    if colour_of:
        lines = [line for line in lines if line.get_label() == colour_of]
    return [xy for line in lines for xy in zip(*map(list, line.get_data()), strict=True)]


def words_of(picture: Picture) -> list[tuple[str, Bbox]]:
    """Every text of a figure and the pixels it takes."""
    figure = picture.figure
    renderer = lettering.Renderer(*figure.bbox.size, lettering.DPI)
    texts = [text for text in figure.findobj(Text) if text.get_text()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def check_words(picture: Picture) -> None:
    """No text reaches over the figure's edges or onto another text."""
    words, whole = words_of(picture), picture.figure.bbox
    cut = [text for text, box in words if whole.count_contains(box.corners()) != 4]
    assert not cut
    boxes = [(text, box.padded(-TOUCH)) for text, box in words]
    onto = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]
    assert not onto


def pixels(picture: Picture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png())).convert("RGB"))


def check_edges(picture: Picture) -> None:
    """The outermost pixels are white: nothing is drawn over the edge."""
    image = pixels(picture)
    for side in (image[0], image[-1], image[:, 0], image[:, -1]):
        assert (side == 255).all()


def test_the_flow_loses_50_26_and_25(tables, scheme) -> None:
    """Bars are 241, 191, 165 and 140 high, and the losses are written beside them."""
    picture = national.flow_picture(
        index.flow(tables.participation, scheme.stages), scheme.cohort, SOURCE
    )
    ax = picture.figure.axes[0]
    assert [bar.get_height() for bar in ax.containers[0]] == [241, 191, 165, 140]
    written = [text.get_text() for text in ax.texts]
    assert {"50 not invited to Stage II", "26 absent", "25 rows lost"} <= set(written)


def test_the_histograms_hold_every_known_row(scores) -> None:
    """No row falls outside the bins: 105 kabupaten and 35 kota."""
    picture = national.distribution(scores, SOURCE)
    counts = [sum(bar.get_height() for bar in ax.containers[0]) for ax in picture.figure.axes]
    assert counts == [105, 35]


def test_the_best_list_begins_with_the_highest(scores) -> None:
    """The top dot of each panel is the largest value of its column."""
    picture = national.best_and_most_improved(scores, SOURCE)
    for ax, column in zip(picture.figure.axes, ("published_index", "improvement"), strict=True):
        shown = [x for x, _ in points(ax)]
        assert shown == sorted(scores[column].nlargest(national.LISTED).tolist())


def test_the_province_figure_has_a_dot_for_every_row(scores) -> None:
    """140 rows in 29 provinces, and a median for each province."""
    picture = national.provinces_picture(scores, SOURCE)
    ax = picture.figure.axes[0]
    dots = points(ax, "kabupaten") + points(ax, "kota")
    assert sorted(x for x, _ in dots) == sorted(scores["published_index"])
    medians = [x for x, _ in points(ax, "median")]
    assert medians == sorted(scores.groupby("province")["published_index"].median())


def test_the_map_has_514_grey_and_140_coloured_dots(scores, register) -> None:
    """Coloured dots stand at the centroids of their own regions."""
    picture = national.dot_map(register.frame, scores, SOURCE)
    grey, coloured = picture.figure.axes[0].collections
    assert len(grey.get_offsets()) == 514
    expected = register.frame.loc[scores.index, ["longitude", "latitude"]].to_numpy()
    assert np.array_equal(coloured.get_offsets(), expected)
    assert np.array_equal(coloured.get_array(), scores["published_index"])


def test_no_word_of_a_national_figure_is_cut_or_covered(tables, scores, register, scheme) -> None:
    """All figures of the national notebooks, with the names of all provinces."""
    matrix = scores[[*scheme.common.weights, "harmonised_index"]].corr()
    for picture in (
        national.flow_picture(
            index.flow(tables.participation, scheme.stages), scheme.cohort, SOURCE
        ),
        national.distribution(scores, SOURCE),
        national.dimension_spread(scores, scheme, SOURCE),
        national.correlation(matrix, SOURCE),
        national.best_and_most_improved(scores, SOURCE),
        national.provinces_picture(scores, SOURCE),
        national.dot_map(register.frame, scores, SOURCE),
    ):
        check_words(picture)
        check_edges(picture)


def test_a_picture_is_the_same_bytes_twice(scores) -> None:
    """Drawing again, showing again, and keeping set lines or not changes nothing."""

    def draw() -> Picture:
        return national.distribution(scores, SOURCE)

    picture = draw()
    first = picture.png()
    lettering._letters.cache_clear()
    assert first == picture.png() == draw().png()


def test_a_picture_carries_its_words(scores) -> None:
    """A notebook shows the PNG with alternative text, and the words where it cannot."""
    picture = national.distribution(scores, SOURCE)
    data, metadata = picture._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == picture.alt
    assert picture.alt in data["text/plain"]
