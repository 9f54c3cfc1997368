import assert from "node:assert/strict";
import { test } from "node:test";
import { isFarEnough, onPad, toImage } from "../../../backprop/widgets/digit_gallery/drawing.js";
import { arrange, forward, pixelsOf } from "../../../backprop/widgets/digit_gallery/model.js";
import {
  answerWords,
  countWords,
  digitWords,
  drawingWords,
  penWords,
} from "../../../backprop/widgets/digit_gallery/sentences.js";
import { close, golden } from "./golden.js";

const { drawings, passes, digits, orders } = golden("digit_gallery");

for (const { name, strokes, side, image } of drawings) {
  test(`the drawing "${name}" becomes the ${side} x ${side} pixels that NumPy makes of it`, () => {
    close(toImage(strokes, side), image);
  });
}

for (const { parameters, x, a1, a2, shares } of passes) {
  test(`a network of ${a1.length} hidden units says what it says in NumPy`, () => {
    close(forward(x, parameters), { a1, a2, shares });
  });
}

for (const [order, wanted] of Object.entries(orders)) {
  test(`the digits come ${order}, also where they tie`, () => {
    assert.deepEqual(arrange(digits.outputs, digits.predictions, digits.labels, order), wanted);
  });
}

test("bytes become pixels from 0 to 1, of the digit that was asked for", () => {
  assert.deepEqual(pixelsOf(new Uint8Array([9, 9, 9, 9, 0, 4, 8, 16]), 1, 4, 16), Float64Array.of(0, 0.25, 0.5, 1));
});

test("a pen that has hardly moved adds no point, and one that leaves the pad stays at its edge", () => {
  assert.equal(isFarEnough(undefined, [3, 3]), true);
  assert.equal(isFarEnough([3, 3], [4, 4]), false);
  assert.equal(isFarEnough([3, 3], [5, 3]), true);
  assert.deepEqual(onPad(-7.2, 100.6), [0, 100]);
});

test("a digit is named with its label, the output and what predict says", () => {
  const digit = { label: 1, prediction: 0, output: 0.1234, column: 314 };
  assert.equal(digitWords(digit), "Picture 314 is a 1. Output 0.123; predict says 0: misclassified.");
  assert.match(digitWords({ ...digit, prediction: 1 }), /predict says 1: right\./);
});

test("the count tells a share, a page, and whether some are left out", () => {
  const count = { total: 2115, wrong: 4, shown: 2115 };
  assert.equal(countWords(count, 0, 22), "2115 pictures, 4 misclassified (0.19 %). Page 1 of 22.");
  assert.match(countWords({ ...count, shown: 500 }, 1, 5), /500 of them are here\. Page 2 of 5\./);
});

test("a drawing has predict's answer, or is told that none has come", () => {
  const fresh = { empty: false, fresh: true, late: false, says: "Your predict says 1." };
  assert.equal(drawingWords(fresh, 0.87), "Your drawing: output 0.870. Your predict says 1.");
  const waiting = { ...fresh, fresh: false };
  assert.match(drawingWords(waiting, 0.87), /Asking predict/);
  assert.doesNotMatch(drawingWords(waiting, 0.87), /says 1/);
  assert.match(drawingWords({ ...waiting, late: true }, 0.87), /browser's copy.*kernel is busy, or not running/);
  assert.match(drawingWords({ ...fresh, empty: true }, 0.5), /Draw a 0 or a 1/);
  assert.match(answerWords({ ...fresh, says: "predict raises ValueError." }), /raises ValueError/);
});

test("the pen of the keyboard is told to be up or down, and where", () => {
  assert.equal(penWords([50, 10], true), "Pen down, 50 from the left, 10 from the top.");
});
