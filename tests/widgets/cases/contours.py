"""The points and the lengths of contour lines, as contourpy finds them: an oracle that shares no code with ours."""

import numpy as np
from contourpy import LineType, contour_generator


def cases() -> dict:
    draw = np.random.RandomState(6)
    u, v = np.meshgrid(np.linspace(-2, 2, 13), np.linspace(-1, 3, 9))
    holed = draw.uniform(0, 1, (7, 7))
    holed[3, 3] = np.nan
    grids = [(u**2 + v**2, [0.5, 3.3]), (draw.uniform(0, 1, (6, 8)), [0.25, 0.5, 0.81]), (holed, [0.4])]
    return {"lines": [_case(grid, level) for grid, levels in grids for level in levels]}


def _case(grid: np.ndarray, level: float) -> dict:
    masked = np.ma.masked_invalid(grid)
    lines = contour_generator(z=masked, name="serial", line_type=LineType.Separate, corner_mask=False).lines(level)
    return {
        "grid": grid.ravel(),
        "columns": grid.shape[1],
        "level": level,
        "points": sorted({(round(i, 9), round(j, 9)) for line in lines for i, j in line.tolist()}),
        "length": sum(float(np.sum(np.hypot(*np.diff(line, axis=0).T))) for line in lines),
    }
