/** A map of the cost of a student's network, and its training on it; see widget.py. */

import { pyNumber } from "../shared/as_code.js";
import { button, slider } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { clamp, significant, snap } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";
import { numbers, work } from "../shared/work.js";
import { viewControls } from "./controls.js";
import { costCurve } from "./curve.js";
import { costMap, legend, range } from "./map.js";
import { interpolated } from "./model.js";

const VIEW = ["directions", "across", "up", "seed", "around", "zoom"];
const PACE = 60; // milliseconds for a step of Play
const PARTS = 200; // steps of a slider from one edge of the map to the other

/** @typedef {import("../shared/state.js").Model} Model */
/** @typedef {{costs: Float64Array, recorded: number[], steps: number, done: boolean}} Training */

/**
 * Return the text by which Python knows the map that the state asks for.
 * @param {Model} model
 */
export function keyOf(model) {
  return VIEW.map((name) => (name === "zoom" ? pyNumber(model.get(name)) : String(model.get(name)))).join("|");
}

/**
 * Return the index of the recorded step nearest to a step, the last where it is negative.
 * @param {number[]} recorded
 * @param {number} step
 */
export function indexOf(recorded, step) {
  if (step < 0) return recorded.length - 1;
  let best = 0;
  for (let i = 1; i < recorded.length; i += 1) {
    if (Math.abs(recorded[i] - step) < Math.abs(recorded[best] - step)) best = i;
  }
  return best;
}

/**
 * Return what stands at the two axes.
 * @param {Model} model
 * @returns {[string, string]}
 */
export function labels(model) {
  const directions = model.get("directions");
  if (directions === "parameters") return [model.get("across"), model.get("up")];
  const what = directions === "random" ? "random direction" : "direction of the path";
  return [`first ${what}`, `second ${what}`];
}

/**
 * Return the power of ten to which a point of a map is rounded, so that the copied line stays short.
 * @param {number} half half the width of the map
 */
export const fine = (half) => 10 ** Math.floor(Math.log10((2 * half) / PARTS));

/** @param {import("../shared/frame.js").Frame} frame */
function build({ model, change, schedule, atEnd }) {
  const kernel = work(model, schedule);
  kernel.begin();
  atEnd(kernel.end);

  /** @type {any} */
  let sentMap = null;
  /** @type {any} */
  let sentTraining = null;
  /** @type {Training} */
  let training = { costs: new Float64Array(0), recorded: [], steps: 0, done: false };
  /** @type {import("./map.js").Shown | null} */
  let shown = null;

  const mapPlace = h("div", { class: "lw-network-map" });
  const curvePlace = h("div");
  const map = costMap(mapPlace, movePoint);
  const curve = costCurve(curvePlace, (step) => goTo(indexOf(training.recorded, step)));
  const view = viewControls(model, (patch) => change({ ...patch, point: [] }));

  const steps = slider({
    label: "step of training",
    min: 0,
    max: 1,
    step: 1,
    onInput: (index) => goTo(index),
    format: (index) => String(training.recorded[index] ?? 0),
  });
  const sliders = [0, 1].map((axis) =>
    slider({
      label: "",
      min: 0,
      max: PARTS,
      step: 1,
      onInput: (part) => slide(axis, part),
      format: (part) => coordinate(axis, part),
    }),
  );
  const play = player(next, showPlaying, PACE);
  atEnd(play.pause);
  const playing = button("Play", () => (play.playing ? play.pause() : start()), { class: "lw-main" });
  const back = button("Point to the step", () => change({ point: [] }));
  const around = button("Map around this step", () => change({ around: currentStep(), point: [] }));

  const index = () => Math.max(0, indexOf(training.recorded, model.get("step")));
  const currentStep = () => training.recorded[index()] ?? 0;
  const place = () => {
    const [a, b] = model.get("point");
    const at = 2 * index();
    return model.get("point").length ? { a, b } : { a: shown?.path[at] ?? 0, b: shown?.path[at + 1] ?? 0 };
  };

  /** @param {number} to index of a recorded step */
  function goTo(to) {
    play.pause();
    change({ step: training.recorded[to] });
  }

  function next() {
    const to = index() + 1;
    if (to < training.recorded.length) change({ step: training.recorded[to] });
    return to + 1 < training.recorded.length;
  }

  function start() {
    const last = training.recorded.length - 1;
    if (last < 1) return;
    if (calm()) goTo(last);
    else {
      if (index() === last) change({ step: 0 });
      play.play();
    }
  }

  function showPlaying() {
    playing.show({ label: play.playing ? "Pause" : "Play" });
  }

  /** @param {number} a @param {number} b */
  function movePoint(a, b) {
    if (!shown) return;
    const { half } = shown.window;
    change({ point: [snap(a, fine(half)), snap(b, fine(half))] });
  }

  /** @param {number} axis @param {number} part from 0 to PARTS */
  function slide(axis, part) {
    const { a, b } = place();
    const at = along(axis, part);
    if (axis === 0) movePoint(at, b);
    else movePoint(a, at);
  }

  /** @param {number} axis @param {number} part */
  function along(axis, part) {
    if (!shown) return 0;
    const { a, b, half } = shown.window;
    return (axis === 0 ? a : b) - half + (2 * half * part) / PARTS;
  }

  /** @param {number} axis @param {number} part */
  const coordinate = (axis, part) => significant(along(axis, part));

  /** Read what Python has sent, where it has sent something new. */
  function readResults() {
    const sent = model.get("_training");
    if (sent !== sentTraining && sent.costs) {
      sentTraining = sent;
      training = { ...sent, costs: numbers(sent.costs) };
      curve.show(training.costs, training.steps);
      steps.input.max = String(Math.max(0, training.recorded.length - 1));
    }
    const now = model.get("_map");
    if (now !== sentMap && now.costs) {
      sentMap = now;
      const [a, b, half] = now.window;
      shown = { ...now, window: { a, b, half }, costs: numbers(now.costs), path: numbers(now.path) };
      if (shown && shown.key === keyOf(model)) map.show(shown, labels(model));
    }
  }

  function draw() {
    readResults();
    view.show();
    kernel.show();
    const stale = shown?.key !== keyOf(model);
    const point = place();
    if (shown) map.at(index(), point, stale);
    curve.at(currentStep());
    steps.show(index());
    showSliders(point);
    around.show({ disabled: indexOf(training.recorded, model.get("around")) === index() });
    back.show({ disabled: model.get("point").length === 0 });
    return kernel.trouble() || said(stale, point);
  }

  /** @param {{a: number, b: number}} point */
  function showSliders(point) {
    if (!shown) return;
    const { window } = shown;
    const names = labels(model);
    for (const [axis, bar] of sliders.entries()) {
      const part = ((axis === 0 ? point.a - window.a : point.b - window.b) / window.half / 2 + 0.5) * PARTS;
      const name = bar.el.querySelector("label");
      if (name && name.textContent !== names[axis]) name.textContent = names[axis];
      bar.show(clamp(Math.round(part), 0, PARTS));
    }
  }

  /** @param {boolean} stale @param {{a: number, b: number}} point */
  function said(stale, point) {
    const doing = model.get("_status").doing;
    if (training.costs.length === 0) return "Your network is trained first, then the map is computed.";
    if (!training.done) return `Training: step ${training.costs.length - 1} of ${training.steps}.`;
    if (!shown || stale)
      return doing === "stopped" ? "Stopped. Go on computes this map." : "This map is being computed.";
    const beneath = interpolated(
      map.grid,
      shown.size,
      shown.window,
      shown.path[2 * index()],
      shown.path[2 * index() + 1],
    );
    const there = interpolated(map.grid, shown.size, shown.window, point.a, point.b);
    const [low, high] = range(shown.costs);
    const share =
      shown.costs.length < shown.size ** 2
        ? ` The map is ${doing === "stopped" ? "stopped half-way" : "growing finer"}.`
        : "";
    const atStep = `Step ${currentStep()} of ${training.steps}: cost ${significant(training.costs[currentStep()])}, and ${significant(beneath)} on the map beneath.`;
    const atPoint = model.get("point").length ? ` At the point: about ${significant(there)}.` : "";
    return `${atStep}${atPoint} ${legend(low, high)}${share}`;
  }

  return {
    parts: [
      ...view.parts,
      h(
        "div",
        { class: "lw-columns" },
        mapPlace,
        h(
          "div",
          { class: "lw-network-beside" },
          curvePlace,
          h("div", { class: "lw-row" }, steps.el, playing.el),
          h("p", { class: "lw-network-hint", text: "The point, on the map (drag it) or here:" }),
          ...sliders.map((bar) => h("div", { class: "lw-row" }, bar.el)),
        ),
      ),
      h("div", { class: "lw-row" }, back.el, around.el, ...view.zoom, kernel.stop, kernel.bar),
    ],
    draw,
  };
}

export default widget({
  label: "Cost of a network",
  traits: [...VIEW, "step", "point", "_training", "_map", "_status"],
  build,
});
