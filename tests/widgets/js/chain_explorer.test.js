import assert from "node:assert/strict";
import { test } from "node:test";
import { barHeight, barTop } from "../../../backprop/widgets/chain_explorer/bars.js";
import { columns } from "../../../backprop/widgets/chain_explorer/drawing.js";
import { run, steps } from "../../../backprop/widgets/chain_explorer/model.js";
import { asText, journey, linesOf, verdict, wordsOf } from "../../../backprop/widgets/chain_explorer/sentences.js";
import { brief, briefest } from "../../../backprop/widgets/shared/brief.js";
import { close, golden } from "./golden.js";

const cases = golden("chain_explorer");
const lesson = { x: 0.5, y: 0.8, weights: [1.2, -0.7, 1.6] };

test("z, f, loss, delta and gradient are those of NumPy", () => {
  for (const { x, y, weights, chain } of cases.chains) close(run(x, y, weights), chain, `chain of ${weights.length}`);
});

test("the walk goes forward, to the loss, and back", () => {
  for (const walk of cases.walks) assert.deepEqual(steps((walk.length - 2) / 2), walk);
});

test("the bars stand as high as in the still picture", () => {
  for (const { chain, bars } of cases.chains) {
    for (const { log, top, heights } of bars) {
      close(barTop(chain.delta, log), top, "top");
      const stand = chain.delta.map((/** @type {number} */ d) => barHeight(Math.abs(d), barTop(chain.delta, log), log));
      close(stand, heights, "heights");
    }
  }
});

test("numbers are written as in the still picture", () => {
  for (const { value, digits, text } of cases.numbers) assert.equal(brief(value, digits), text);
});

test("every formula, worked out from the numbers in it, gives the number behind it", () => {
  const signs = { "·": "*", "−": "-", "²": "**2", tanh: "Math.tanh" };
  for (const { x, y, weights } of cases.chains) {
    const chain = run(x, y, weights);
    for (const step of steps(weights.length)) {
      for (const line of linesOf(step, { x, y, weights }, chain)) {
        const text = line.pieces
          .map((piece) =>
            typeof piece === "string" ? piece.replace(/·|−|²|tanh/g, (s) => signs[s]) : `(${piece.value})`,
          )
          .join("");
        close(Function(`return ${text}`)(), line.value, line.name);
      }
    }
  }
});

test("the first and the last unit have formulas of their own", () => {
  const chain = run(lesson.x, lesson.y, lesson.weights);
  const said = (/** @type {number} */ i) => linesOf(steps(3)[i], lesson, chain).map(asText);
  assert.equal(said(1)[0], "z₁ = x · w₁ = 0.5 · 1.2 = 0.6");
  assert.equal(said(5)[0], "δ₃ = 2 · (f₃ − y) · (1 − f₃²) = 2 · ((−0.519) − 0.8) · (1 − (−0.519)²) = −1.93");
  assert.equal(said(6)[0], "δ₂ = (1 − f₂²) · w₃ · δ₃ = (1 − (−0.359)²) · 1.6 · (−1.93) = −2.69");
  assert.equal(said(7)[1], "∂loss/∂w₁ = x · δ₁ = 0.5 · 1.34 = 0.669");
  assert.deepEqual(said(0), []);
});

test("each step has a sentence", () => {
  const said = steps(2).map((step) => wordsOf(step, 2));
  assert.deepEqual(said, [
    "Nothing has been computed yet.",
    "Unit 1 listens to x.",
    "Unit 2 listens to unit 1.",
    "What the last unit says is compared with the target.",
    "The loss hands δ to unit 2.",
    "Unit 2 hands δ to unit 1.",
  ]);
});

test("gradients that vanish and explode are named", () => {
  assert.match(journey(run(0.5, -0.2, Array(20).fill(0.5)).delta), /vanished/);
  assert.match(journey(run(0.5, -0.2, [1e-6, ...Array(19).fill(2)]).delta), /exploded/);
  assert.doesNotMatch(journey(run(lesson.x, lesson.y, lesson.weights).delta), /vanished|exploded/);
  assert.equal(journey([0.3]), "");
  assert.match(journey([0, 0]), /every δ is 0/);
});

test("a student's δ is praised, corrected where the mistake begins, or its absence explained", () => {
  const delta = [1, -2];
  assert.match(verdict({ name: "deltas", delta: [1 + 1e-9, -2], said: "" }, delta), /every δ agrees/);
  assert.equal(verdict({ name: "deltas", delta: [1, 2], said: "" }, delta), "your deltas: δ₂ is 2, and should be −2");
  assert.equal(
    verdict({ name: "deltas", delta: null, said: "deltas is not written yet." }, delta),
    "deltas is not written yet.",
  );
  assert.match(verdict({ name: "deltas", delta: [7, 2], said: "" }, delta), /δ₂ is 2/);
  assert.equal(verdict(null, delta), "");
  assert.equal(verdict({ name: "deltas", delta: [7, 2], said: "" }, delta, 3), "");
  assert.match(verdict({ name: "deltas", delta: [7, -2], said: "" }, delta, 2), /every δ so far agrees/);
});

test("columns fill the width where they can, and stay readable where they cannot", () => {
  assert.ok(columns(876, 3).width <= 876);
  assert.ok(columns(876, 20).width > 876);
  assert.ok(columns(300, 8).column >= 50);
});

test("in a narrow column a number has six signs at most", () => {
  const written = [-0.376, -0.0044, 0.014, 352.7, -3080, 1e-10, -0, 0.0996, 12.34].map(briefest);
  assert.deepEqual(written, ["−0.38", "−4e−3", "0.01", "353", "−3e3", "1e−10", "0", "0.1", "12"]);
  for (const text of written) assert.ok(text.length <= 6);
});
