import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../../backprop/widgets/backprop_steps/judge.js";
import { PARAMETERS, run, STEPS, shapes, unflatten } from "../../../backprop/widgets/backprop_steps/model.js";
import {
  calculation,
  entriesOf,
  FORMULAS,
  shapeOf,
  shapesOf,
  WORDS,
} from "../../../backprop/widgets/backprop_steps/sentences.js";
import { close, golden } from "./golden.js";

const cases = golden("backprop_steps").map((/** @type {any} */ found) => {
  const parameters = unflatten(found.theta, [2, 3, 1]);
  return { ...found, parameters, sizes: { nX: 2, nH: 3, nY: 1, m: found.X[0].length } };
});

test("every quantity of the pass is that of NumPy", () => {
  for (const { X, Y, parameters, values } of cases) close(run(X, Y, parameters), values);
});

test("a list of parameters becomes matrices of the right shapes", () => {
  const parameters = unflatten([...Array(13).keys()], [2, 3, 1]);
  assert.deepEqual(parameters.W1, [
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
  assert.deepEqual(parameters.b2, [[12]]);
  for (const name of PARAMETERS) {
    assert.deepEqual([parameters[name].length, parameters[name][0].length], shapes(2, 3, 1)[name]);
  }
});

test("every entry, worked out from the numbers in its sum, is the number behind it", () => {
  const signs = { "·": "*", "−": "-", "²": "**2", φ: "phi" };
  const phi = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
  for (const { X, Y, parameters, sizes } of cases) {
    const values = { X, Y, ...parameters, ...run(X, Y, parameters) };
    for (const step of STEPS.slice(1)) {
      for (let sample = 0; sample < sizes.m; sample++) {
        for (const [i, j] of entriesOf(step, sizes, sample)) {
          const text = calculation(step, i, j, values)
            .map((piece) =>
              typeof piece === "string" ? piece.replace(/[·−²φ]/g, (s) => signs[s]) : `(${piece.value})`,
            )
            .join("");
          close(Function("phi", `return ${text}`)(phi), values[step][i][j], `${step}[${i}, ${j}]`);
        }
      }
    }
  }
});

test("an entry says which numbers it is made of", () => {
  const { X, Y, parameters } = cases[0];
  const pieces = calculation("Z1", 2, 0, { X, Y, ...parameters, ...run(X, Y, parameters) });
  const at = pieces.filter((piece) => typeof piece !== "string").map((operand) => operand.at);
  assert.deepEqual(at, ["W1[2, 0]", "X[0, 0]", "W1[2, 1]", "X[1, 0]", "b1[2, 0]"]);
});

test("every step has a formula, a sentence, shapes, and entries of that shape", () => {
  const sizes = { nX: 2, nH: 3, nY: 1, m: 4 };
  const { X, Y, parameters } = cases.find((/** @type {any} */ found) => found.sizes.m === 4);
  const values = run(X, Y, parameters);
  for (const step of STEPS) assert.ok(WORDS[step] && shapesOf(step, sizes), step);
  for (const step of STEPS.slice(1)) {
    assert.ok(FORMULAS[step]);
    if (step !== "cost") assert.equal(shapeOf(step, sizes), `(${values[step].length}, ${values[step][0].length})`);
    for (const [i, j] of entriesOf(step, sizes, 3)) assert.equal(typeof values[step][i][j], "number");
  }
  assert.deepEqual(entriesOf("start", sizes, 0), []);
  assert.deepEqual(entriesOf("A2", sizes, 3), [[0, 3]]);
  assert.equal(entriesOf("dW1", sizes, 3).length, 6);
});

test("what a student's function says is judged entry by entry", () => {
  const right = [
    [1, -2],
    [0, 1e-12],
  ];
  const said = (/** @type {any} */ values, /** @type {any} */ sentence = {}) => ({
    names: { dW1: "own" },
    values,
    said: sentence,
  });
  assert.deepEqual(
    judge(
      said({
        dW1: [
          [1, -2 - 1e-9],
          [0, 0],
        ],
      }),
      "dW1",
      right,
    ),
    { kind: "right" },
  );
  assert.deepEqual(
    judge(
      said({
        dW1: [
          [1, 2],
          [0, 0],
        ],
      }),
      "dW1",
      right,
    ),
    { kind: "wrong", row: 0, column: 1 },
  );
  assert.deepEqual(judge(said({}, { dW1: "own is not written yet." }), "dW1", right), {
    kind: "silent",
    sentence: "own is not written yet.",
  });
  assert.equal(judge(said({}), "dW1", right), null);
  assert.equal(judge(null, "dW1", right), null);
});
