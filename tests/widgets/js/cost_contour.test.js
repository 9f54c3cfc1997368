import assert from "node:assert/strict";
import { test } from "node:test";
import { angle, blend, neuron, surface, walk } from "../../../backprop/widgets/cost_contour/model.js";
import { comparison, position, predicted } from "../../../backprop/widgets/cost_contour/sentences.js";
import { roundUp } from "../../../backprop/widgets/cost_contour/side.js";
import { close, golden } from "./golden.js";

const known = golden("cost_contour");

/** @param {any} landscape @param {any[]} cases */
function agrees(landscape, cases) {
  for (const { w, b, eta, place, next } of cases) {
    const { cost, alongW, alongB } = landscape.at(w, b);
    close([cost, alongW, alongB], place, `at ${w}, ${b}`);
    close([w - eta * alongW, b - eta * alongB], next, `after a step from ${w}, ${b}`);
  }
}

for (const [name, cases] of Object.entries(known.neurons)) {
  test(`a ${name} neuron has the cost, the slopes and the steps that NumPy has`, () => {
    agrees(neuron(name, known.x, known.y), cases);
  });
}

test("the lesson's five steps lead where NumPy's lead", () => {
  const lesson = neuron("tanh", [1, 0], [0, 1]);
  const path = walk(lesson, 1.3, -0.1, 1);
  assert.equal(path.to(5), 5);
  close(
    path.ws.map((w, k) => [w, path.bs[k]]),
    known.lesson.path,
  );
});

const { w, b, heights, at } = known.surface;
const numbers = heights.flat().map((/** @type {any} */ height) => (height === "nan" ? Number.NaN : height));
const grid = { values: numbers, nx: 13, ny: 10 };

test("a surface through a grid is NumPy's, at its edge, beside a hole and outside as well", () => {
  agrees(surface(grid, w, b), at);
});

test("a surface goes through its nodes, and follows a plane exactly", () => {
  const plane = { nx: 5, ny: 4, values: Array.from({ length: 20 }, (_, k) => 2 * (k % 5) - 3 * Math.floor(k / 5)) };
  const flat = surface(plane, [0, 4], [0, 3]);
  for (const [u, v] of [
    [0, 0],
    [4, 3],
    [1.3, 2.7],
  ]) {
    const place = flat.at(u, v);
    close([place.cost, place.alongW, place.alongB], [2 * u - 3 * v, 2, -3]);
  }
});

test("a path ends where it leaves a surface, and where it diverges", () => {
  const off = walk(surface(grid, w, b), 1.3, -0.1, 30);
  assert.ok(off.to(50) < 50);
  assert.ok(off.ended);
  const far = walk(neuron("identity", [1, 2], [0, 1]), 1, 1, 3);
  assert.ok(far.to(100) < 100);
  assert.ok(far.ended);
  assert.ok(far.places.every((place) => Number.isFinite(place.cost)));
});

test("samples are blended as NumPy blends them", () => {
  for (const [u, v, ...values] of known.blend.at) {
    close(blend(known.blend.samples.flat(2), { nx: 13, ny: 10, depth: 2 }, w, b, u, v), values);
  }
});

test("angles are told in whole degrees", () => {
  assert.equal(angle([1, 0], [0, 3]), 90);
  assert.equal(angle([1, 1], [-2, -2]), 180);
  assert.equal(angle([0.1, 0.2], [1, 2]), 0);
  assert.ok(Number.isNaN(angle([0, 0], [1, 0])));
});

test("the position is told with its cost, and where the walk ends that is told too", () => {
  const now = { steps: 0, at: [1.3, -0.1], cost: 0.95234, gradient: [0.2543, -0.834], ended: false, isNeuron: true };
  assert.equal(position(now), "Start: w = 1.30, b = −0.10, cost 0.952; gradient (0.254, −0.834).");
  assert.match(position({ ...now, steps: 7, ended: true }), /^Step 7: .* There the walk diverges\.$/);
  assert.match(position({ ...now, ended: true, isNeuron: false }), /leads off the map\.$/);
});

test("an own arrow is compared by direction and by length", () => {
  assert.equal(comparison(0, 1.001), "Your arrow lies on the true one.");
  assert.equal(comparison(0, 2), "Your arrow points the right way, and is 2 times as long as the true one.");
  assert.equal(comparison(71, 1), "Your arrow points 71° off the true one.");
  assert.equal(comparison(71, 6.25), "Your arrow points 71° off the true one and is 6.3 times as long.");
  assert.equal(comparison(Number.NaN, 1), "Your arrow cannot be drawn here.");
});

test("a prediction is asked for, waited for, and judged by its distance", () => {
  assert.match(predicted(null, 0, [0, 0]), /^Predict first: where will 10 steps end\?/);
  assert.match(predicted([1, 1], 4, [0, 0]), /Now play 10 steps\./);
  assert.match(predicted([1, 1], 10, [1.1, 1]), /is 0\.10 away .*: well predicted\.$/);
  assert.match(predicted([1, 1], 10, [3, 1]), /is 2\.00 away from where the walk ended\.$/);
});

test("the axis of costs ends at a round number", () => {
  assert.deepEqual([0.952, 1.2, 2.43, 130, 0.004].map(roundUp), [1, 1.5, 2.5, 150, 0.005]);
  assert.equal(roundUp(0), 1);
});
