import assert from "node:assert/strict";
import { test } from "node:test";
import { contour, levels } from "../../../backprop/widgets/shared/contours.js";
import { golden } from "./golden.js";

const cases = golden("contours");
const number = (/** @type {any} */ value) => (value === "nan" ? Number.NaN : value);
const near = (/** @type {number[]} */ one, /** @type {number[]} */ other) =>
  Math.hypot(one[0] - other[0], one[1] - other[1]) < 1e-8;

for (const [i, { grid, columns, level, points, length }] of cases.lines.entries()) {
  test(`contour lines ${i} have the points and the length that contourpy finds`, () => {
    const lines = contour({ values: grid.map(number), nx: columns, ny: grid.length / columns }, level);
    let sum = 0;
    for (const line of lines) {
      for (let k = 1; k < line.length; k += 1)
        sum += Math.hypot(line[k][0] - line[k - 1][0], line[k][1] - line[k - 1][1]);
    }
    const found = lines.flat();
    for (const point of points)
      assert.ok(
        found.some((end) => near(end, point)),
        `${point} is missing`,
      );
    for (const end of found)
      assert.ok(
        points.some((/** @type {number[]} */ point) => near(end, point)),
        `${end} is too much`,
      );
    assert.ok(Math.abs(sum - length) < 1e-9 * length, `${sum} is not ${length}`);
  });
}

test("a line around a hill is closed, and one that leaves the map is not", () => {
  const values = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  const [ring] = contour({ values, nx: 4, ny: 3 }, 0.5);
  assert.deepEqual(ring[0], ring.at(-1));
  const [wall] = contour({ values: [0, 0, 1, 1], nx: 2, ny: 2 }, 0.25);
  assert.deepEqual(
    wall.map(([, j]) => j),
    [0.25, 0.25],
  );
});

test("levels lie between the lowest and the highest value, and there are none on a plain", () => {
  assert.ok(levels(2, 5).every((level) => level > 2 && level < 5));
  assert.deepEqual(levels(1, 1), []);
});

test("levels are round, and closer together where it is low", () => {
  assert.deepEqual(levels(0.0007, 2.43), [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2]);
});
