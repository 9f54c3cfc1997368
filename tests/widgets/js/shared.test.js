import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { clamp, fixed, scale, significant, snap, ticks } from "../../../backprop/widgets/shared/numbers.js";
import { player } from "../../../backprop/widgets/shared/play.js";
import { watch } from "../../../backprop/widgets/shared/state.js";

/** A browser's clock, frames and timers, moved on by `pass`. */
let now = 0;
/** @type {Map<number, () => void>} */
let frames = new Map();

/** @param {number} milliseconds */
function pass(milliseconds) {
  for (let i = 0; i < milliseconds; i += 1) {
    now += 1;
    mock.timers.tick(1);
    if (now % 16 === 0) {
      const due = [...frames.values()];
      frames = new Map();
      for (const draw of due) draw();
    }
  }
}

beforeEach(() => {
  now = 0;
  frames = new Map();
  mock.timers.reset();
  mock.restoreAll();
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
  let made = 0;
  Object.assign(globalThis, {
    window: { setTimeout: (/** @type {() => void} */ go, /** @type {number} */ wait) => setTimeout(go, wait) },
    requestAnimationFrame: (/** @type {() => void} */ draw) => {
      made += 1;
      frames.set(made, draw);
      return made;
    },
    cancelAnimationFrame: (/** @type {number} */ id) => frames.delete(id),
  });
});

/** anywidget's model, as far as widgets use it; `saved` is what Python has heard. */
function fakeModel(/** @type {Record<string, any>} */ traits) {
  /** @type {Map<string, Set<() => void>>} */
  const handlers = new Map();
  return {
    saved: /** @type {any[]} */ ([]),
    get: (/** @type {string} */ name) => traits[name],
    set(/** @type {string} */ name, /** @type {any} */ value) {
      traits[name] = value;
      for (const handler of handlers.get(`change:${name}`) ?? []) handler(); // at once, as the real one does
    },
    on(/** @type {string} */ event, /** @type {() => void} */ handler) {
      handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
    },
    off(/** @type {string} */ event, /** @type {() => void} */ handler) {
      handlers.get(event)?.delete(handler);
    },
    save_changes() {
      this.saved.push({ at: now, ...traits });
    },
    send() {},
  };
}

test("Python hears of a drag once a second, and of its end as soon as the hand rests", () => {
  const model = fakeModel({ w: 0 });
  const watcher = watch(model, ["w"], () => {});
  for (let i = 1; i <= 625; i += 1) {
    watcher.change({ w: i });
    pass(4);
  }
  assert.equal(model.saved.length, 2);
  pass(115); // after the last change, four milliseconds had gone by
  assert.equal(model.saved.length, 2);
  pass(1);
  assert.equal(model.saved.length, 3);
  assert.equal(model.saved.at(-1).w, 625);
  pass(2000);
  assert.equal(model.saved.length, 3);
});

test("however often the state changes, it is drawn once a frame", () => {
  const draw = mock.fn();
  const watcher = watch(fakeModel({ w: 0, b: 0 }), ["w", "b"], draw);
  for (let i = 0; i < 20; i += 1) watcher.change({ w: i, b: i });
  pass(16);
  assert.equal(draw.mock.callCount(), 1);
});

test("what Python sets is drawn as well", () => {
  const draw = mock.fn();
  const model = fakeModel({ w: 0 });
  watch(model, ["w"], draw);
  model.set("w", 3);
  pass(16);
  assert.equal(draw.mock.callCount(), 1);
});

test("a widget that leaves the page tells Python what it has not heard yet, and draws no more", () => {
  const draw = mock.fn();
  const model = fakeModel({ w: 0 });
  const watcher = watch(model, ["w"], draw);
  watcher.change({ w: 1 });
  pass(1);
  watcher.change({ w: 2 });
  watcher.stop();
  model.set("w", 3);
  pass(300);
  assert.equal(model.saved.at(-1).w, 2);
  assert.equal(draw.mock.callCount(), 0);
});

test("Play goes on until there is nothing left, and says when it begins and ends", () => {
  let left = 4;
  const changed = mock.fn();
  const play = player(() => --left > 0, changed, 50);
  play.play();
  assert.ok(play.playing);
  pass(500);
  assert.equal(left, 0);
  assert.ok(!play.playing);
  assert.equal(changed.mock.callCount(), 2);
});

test("a step that looks whether Play is on, and calls it, does not run away", () => {
  let steps = 0;
  const play = player(
    () => {
      steps += 1;
      play.play(); // a handler of a change of state may do this
      return true;
    },
    () => {},
    50,
  );
  play.play();
  assert.equal(steps, 1);
  pass(100);
  assert.equal(steps, 3);
  play.pause();
  pass(300);
  assert.equal(steps, 3);
});

test("numbers are written for readers", () => {
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(-1.5, 1), "−1.5");
  assert.equal(fixed(Number.NaN), "not a number");
  assert.equal(fixed(Number.NEGATIVE_INFINITY), "−∞");
  assert.equal(significant(0.00001234), "1.23e−5");
  assert.equal(significant(-1234.5), "−1230");
});

test("a dragged value has no dust of binary fractions", () => {
  assert.equal(snap(0.1 + 0.2, 0.01), 0.3);
  assert.equal(snap(-1.23456, 0.05), -1.25);
  assert.equal(snap(-0.001, 0.01), 0);
  assert.equal(clamp(7, -4, 4), 4);
});

test("ticks are round and within the axis, and a scale goes both ways", () => {
  assert.deepEqual(ticks(-4, 4), [-4, -2, 0, 2, 4]);
  assert.deepEqual(ticks(0, 0.3, 3), [0, 0.1, 0.2, 0.3]);
  const across = scale([-4, 4], [50, 450]);
  assert.equal(across.to(0), 250);
  assert.ok(Math.abs(across.from(across.to(1.3)) - 1.3) < 1e-12);
});
