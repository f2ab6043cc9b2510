"""Figures: the numbers on their axes, their words, their bytes.

Comparing images would tie the tests to a font; the artists hold the numbers.
"""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from smartlib import index
from smartlib.present import Words
from smartlib.present.drawing import REGION, Picture, lettering
from smartlib.present.national import ranking_figures as national
from smartlib.present.region import figures as region_figures
from smartlib.present.region import tables as region_tables
from smartlib.vocabulary.tables import DIMENSION_NAMES

SOURCE = "Source: test."
BADUNG, BANTUL, BANDUNG, WAKATOBI = "51.03", "34.02", "32.73", "74.07"
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
    picture = national.flow_picture(index.flow(tables.participation, scheme.stages), SOURCE)
    ax = picture.figure.axes[0]
    assert [bar.get_height() for bar in ax.containers[0]] == [241, 191, 165, 140]
    written = [text.get_text() for text in ax.texts]
    assert {"50 not invited to Stage II", "26 absent", "25 on the lost page"} <= set(written)


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


def test_the_profile_figure_shows_the_row_and_three_medians(scores) -> None:
    """For each dimension one mark and three medians, in the table's order from the top."""
    profile = index.profile(scores, BADUNG, DIMENSION_NAMES)
    picture = region_figures.profile_picture(Words("en"), profile, scores, "Kab. Badung")
    shown = points(picture.figure.axes[0], "Kab. Badung")
    assert [x for x, _ in shown[::-1]] == [3.56, 2.73, 3.27, 3.18, 2.8]
    assert len(points(picture.figure.axes[0])) == 5 * 4
    assert "Output 2.73" in picture.alt


def test_the_gap_figure_shows_parts_that_sum_to_the_whole(scores, scheme) -> None:
    """The last bar is the sum of those above it."""
    gap = index.gap_to(scores, BADUNG, "median", scheme)
    picture = region_figures.gap_picture(Words("id"), gap, scores, "Kab. Badung")
    widths = [bar.get_width() for bar in picture.figure.axes[0].containers[0]]
    whole, *parts = widths
    assert whole == pytest.approx(sum(parts))
    assert whole == pytest.approx(gap.total)


def test_the_improvement_figure_marks_the_region(scores) -> None:
    """The large dot stands at last year's and this year's index."""
    picture = region_figures.improvement_picture(Words("en"), scores, BADUNG)
    assert points(picture.figure.axes[0])[-1] == (2.97, 3.08)


def test_the_question_figure_has_a_dot_for_each_of_115_marks(scores, tables, evaluation) -> None:
    """Dots are the marks, bars the means of their groups."""
    words = Words("en")
    marks = region_tables.question_marks(words, tables.answers, evaluation.instrument, BADUNG)
    picture = region_figures.questions_picture(words, marks, scores, "Kab. Badung")
    lines = [line for line in picture.figure.axes[0].lines if line.get_marker() == "o"]
    assert sorted(x for line in lines for x in line.get_xdata()) == sorted(marks["score"])
    assert len(marks) == 115
    assert "Baseline 3.56" in picture.alt


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_standing_figure_speaks_the_language(scores, scheme, lang: str) -> None:
    """Title, ticks and alternative text are of the report's language."""
    picture = region_figures.standing(Words(lang), scores, BADUNG, scheme)
    median = Words(lang).number(scores["published_index"].median())
    assert median in picture.alt
    assert any(median in text.get_text() for text in picture.figure.axes[0].texts)


def region_pictures(words: Words, scores, region: str, scheme) -> list[Picture]:
    name = scores.at[region, "region"]
    profile = index.profile(scores, region, DIMENSION_NAMES)
    gap = index.gap_to(scores, region, "median", scheme)
    return [
        region_figures.standing(words, scores, region, scheme),
        region_figures.profile_picture(words, profile, scores, name),
        region_figures.gap_picture(words, gap, scores, name),
        region_figures.improvement_picture(words, scores, region),
    ]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("region", [BADUNG, BANTUL, BANDUNG, WAKATOBI])
def test_no_word_of_a_region_figure_is_cut_or_covered(scores, scheme, region, lang) -> None:
    """On both tracks, with and without a mark for collaboration, at both ends of the ranks."""
    for picture in region_pictures(Words(lang), scores, region, scheme):
        check_words(picture)
        check_edges(picture)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_longest_name_fits(scores, scheme, tables, evaluation, lang: str) -> None:
    """The longest name among all kabupaten and kota takes a second line of a title at most."""
    longest = max(evaluation.register.frame["region"], key=len)
    renamed = scores.assign(region=scores["region"].where(scores.index != BADUNG, longest))
    words = Words(lang)
    marks = region_tables.question_marks(words, tables.answers, evaluation.instrument, BADUNG)
    questions = region_figures.questions_picture(words, marks, renamed, longest)
    for picture in [*region_pictures(words, renamed, BADUNG, scheme), questions]:
        assert longest in picture.caption
        check_words(picture)
        check_edges(picture)


def test_no_word_of_a_national_figure_is_cut_or_covered(tables, scores, register, scheme) -> None:
    """All figures of the national notebooks, with the names of all provinces."""
    matrix = scores[[*scheme.common.weights, "harmonised_index"]].corr()
    for picture in (
        national.flow_picture(index.flow(tables.participation, scheme.stages), SOURCE),
        national.distribution(scores, SOURCE),
        national.dimension_spread(scores, scheme, SOURCE),
        national.correlation(matrix, SOURCE),
        national.best_and_most_improved(scores, SOURCE),
        national.provinces_picture(scores, SOURCE),
        national.dot_map(register.frame, scores, SOURCE),
    ):
        check_words(picture)
        check_edges(picture)


def test_a_number_stands_at_its_place_on_the_scale(scores, scheme) -> None:
    """The number 2.5 is written under the place 2.5 of the axes, one for each tick."""
    picture = region_figures.standing(Words("en"), scores, BADUNG, scheme)
    (ax,) = picture.figure.axes
    for number in ("1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0"):
        (text,) = [text for text in picture.figure.texts if text.get_text() == number]
        across, _ = ax.transData.transform((float(number), 0))
        assert text.get_position()[0] * lettering.DPI == pytest.approx(across)


def test_the_region_keeps_its_colour(scores) -> None:
    """The palette has the inks themselves: the region's dot is exactly of its colour."""
    picture = region_figures.improvement_picture(Words("en"), scores, WAKATOBI)
    (ax,) = picture.figure.axes
    own = scores.loc[WAKATOBI, ["previous_index", "published_index"]].astype(float)
    across, up = ax.transData.transform(own.to_numpy())
    dot = pixels(picture)[round(picture.figure.bbox.height - up), round(across)]
    assert dot.tolist() == [round(255 * part) for part in to_rgb(REGION)]


def test_a_picture_is_the_same_bytes_twice(scores, scheme) -> None:
    """Drawing again, showing again, and keeping set lines or not changes nothing."""

    def draw() -> Picture:
        return region_figures.standing(Words("id"), scores, BADUNG, scheme)

    picture = draw()
    first = picture.png()
    lettering._letters.cache_clear()
    assert first == picture.png() == draw().png()


def test_a_picture_carries_its_words(scores, scheme) -> None:
    """A notebook shows the PNG with alternative text, and the words where it cannot."""
    picture = region_figures.standing(Words("id"), scores, BADUNG, scheme)
    data, metadata = picture._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == picture.alt
    assert picture.alt in data["text/plain"]
