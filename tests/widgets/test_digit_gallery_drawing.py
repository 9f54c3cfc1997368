"""A drawing becomes a picture like those of the data: of their size, with their pen, in their place."""

import numpy as np
import pytest

from backprop.widgets.digit_gallery.drawing import centre_of_mass, frame, to_image

UPRIGHT = [[[50, 20], [50, 80]]]
TRIANGLE = [[[30, 40], [60, 40], [45, 70], [30, 40]]]


def moved(strokes, by, times=1.0):
    return [[[times * x + by[0], times * y + by[1]] for x, y in stroke] for stroke in strokes]


def extent(image):
    """Columns and rows that hold ink."""
    return [int(np.ptp(np.flatnonzero(image.any(axis=axis)))) + 1 for axis in (0, 1)]


def test_nothing_drawn_is_an_empty_picture():
    assert not to_image([], 28).any()


@pytest.mark.parametrize("strokes", [UPRIGHT, TRIANGLE, [[[10, 50], [90, 50]]]])
def test_as_in_mnist_the_longer_side_is_20_pixels_and_the_centre_of_mass_lies_in_the_middle(strokes):
    image = to_image(strokes, 28)
    assert max(extent(image)) in (20, 21, 22)  # 20, and its soft edges
    # The pixel in row and column 14 is where MNIST's own digits balance.
    assert np.allclose(centre_of_mass(image), 14.5, atol=0.05)


def test_where_and_how_large_one_draws_changes_nothing():
    image = to_image(TRIANGLE, 28)
    assert np.allclose(to_image(moved(TRIANGLE, (25, -20)), 28), image)
    assert np.allclose(to_image(moved(TRIANGLE, (3, 5), times=0.2), 28), image)


def test_the_pen_is_as_thick_however_small_one_draws():
    middle = to_image(UPRIGHT, 28)[14]
    assert np.allclose(to_image(moved(UPRIGHT, (0, 0), times=0.1), 28)[14], middle)
    assert middle.sum() == pytest.approx(frame(28).pen, abs=0.1)


def test_a_dot_is_a_dot_in_the_middle():
    image = to_image([[[3, 97]]], 28)
    assert 4 <= image.sum() <= 8
    assert np.allclose(centre_of_mass(image), 14.5, atol=0.05)


def test_as_in_scikit_learns_digits_all_8_rows_are_filled_and_a_thin_digit_is_widened():
    image = to_image(UPRIGHT, 8)
    columns, rows = extent(image)
    assert rows == 8
    assert 3 <= columns <= 4
    assert np.allclose(image, image[:, ::-1])


def test_no_ink_is_lost_when_a_digit_is_heavy_on_one_side():
    heavy = [[[10, 0], [10, 100], [90, 100], [90, 95], [10, 95]]]
    for side in (8, 28):
        image = to_image(heavy, side)
        assert max(extent(image)) >= frame(side).height - 1
        assert image[-1].max() < 1 or side == 8


def test_pixels_lie_between_0_and_1_whatever_is_drawn():
    draw = np.random.RandomState(2)
    for side in (8, 16, 28):
        for _ in range(10):
            image = to_image([draw.randint(0, 101, (9, 2)).tolist()], side)
            assert image.shape == (side, side)
            assert image.min() >= 0
            assert image.max() == 1


@pytest.mark.needs_mnist
def test_mnists_own_digits_lie_as_drawings_do():
    from backprop.data import load_mnist_01

    X = load_mnist_01()[0][:, ::40]
    pictures = X.T.reshape(-1, 28, 28)
    assert np.median([max(extent(image)) for image in pictures]) == 20
    assert np.allclose(np.mean([centre_of_mass(image) for image in pictures], axis=0), frame(28).middle, atol=0.1)
