/** The cost of one neuron as a map, and steepest descent on it; see widget.py. */

import { button, menu, slider, toggle } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { fixed, significant, snap } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";
import { numbers, work } from "../shared/work.js";
import { costMap } from "./map.js";
import { angle, blend, neuron, surface, walk } from "./model.js";
import { AHEAD, comparison, position, predicted } from "./sentences.js";
import { costPanel, neuronPanel } from "./side.js";

const STEP = 0.01; // to this w and b are rounded, so that the copied line stays short
const ETAS = { least: -2, most: 1.3, step: 0.05 }; // powers of ten
const PACE = 150; // milliseconds between steps of Play
const STILL = 1e-7; // a step as short as this leads nowhere

/** @typedef {[number, number]} Point */

/** @param {import("../shared/frame.js").Frame} frame */
function build({ model, change, schedule, atEnd }) {
  const get = (/** @type {string} */ name) => model.get(name);
  const range = { w: get("w_range"), b: get("b_range") };
  const examples = numbers(get("pairs"));
  const x = examples.filter((_, k) => k % 2 === 0);
  const y = examples.filter((_, k) => k % 2 === 1);
  const unit = x.length > 0 ? neuron(get("activation"), x, y) : null;
  const [nx, ny] = get("nodes");
  const [ownX, ownY] = get("own_nodes");

  const kernel = work(model, schedule);
  const busy = h("div", { class: "lw-row lw-cc-busy" }, kernel.bar, kernel.stop);
  const map = costMap(range, startAt, markAt);
  const side = unit ? neuronPanel(get("activation"), x, y) : null;
  const course = costPanel();

  // What is derived from the state, and kept until that part of the state changes

  /** @type {Float64Array} */
  let heights = new Float64Array(0);
  /** @type {Float64Array} */
  let off = new Float64Array(0);
  let landscape = /** @type {import("./model.js").Landscape} */ (unit);
  let gone = walk({ at: () => ({ cost: 0, alongW: 0, alongB: 0 }) }, 0, 0, 1);
  let goneFrom = "";

  function readHeights() {
    heights = numbers(get("heights"));
    const known = heights.filter(Number.isFinite);
    if (known.length === 0) return;
    const low = known.reduce((one, other) => Math.min(one, other));
    const high = known.reduce((one, other) => Math.max(one, other));
    map.ground.show({ values: heights, nx, ny }, low, high);
    if (!get("is_neuron") || !unit) landscape = surface({ values: heights, nx, ny }, range.w, range.b);
    goneFrom = "";
  }

  function readOwn() {
    off = numbers(get("own_off"));
  }

  function path() {
    const from = `${get("w")} ${get("b")} ${get("eta")}`;
    if (from !== goneFrom) {
      gone = walk(landscape, get("w"), get("b"), get("eta"));
      goneFrom = from;
    }
    return gone;
  }

  /** @param {Point} at @param {Point} gradient @returns {Point} */
  function ownGradient(at, gradient) {
    const beside = blend(off, { nx: ownX, ny: ownY, depth: 2 }, range.w, range.b, ...at);
    return [gradient[0] + beside[0], gradient[1] + beside[1]];
  }

  // What the user does

  /** @param {{x: number, y: number}} at */
  function startAt(at) {
    play.pause();
    const held = get("predict") ? { steps: 0 } : {}; // else the path would give the answer away
    change({ w: snap(at.x, STEP), b: snap(at.y, STEP), ...held });
  }
  /** @param {{x: number, y: number}} at */
  function markAt(at) {
    if (get("steps") === 0) change({ prediction: [snap(at.x, STEP), snap(at.y, STEP)] });
  }
  const isLocked = () => get("predict") && get("prediction").length === 0;

  function stepOnce() {
    const before = path();
    const steps = get("steps");
    const wanted = Math.min(steps + (calm() && play.playing ? AHEAD : 1), get("most_steps"));
    const reached = before.to(get("predict") ? Math.min(wanted, AHEAD) : wanted);
    if (reached > steps) change({ steps: reached });
    const moved = Math.hypot(before.ws[reached] - before.ws[steps], before.bs[reached] - before.bs[steps]);
    return reached > steps && moved > STILL;
  }
  const play = player(stepOnce, schedule, PACE);
  atEnd(play.pause);

  const step = button("Step", () => isLocked() || stepOnce());
  const run = button("Play", () => (play.playing ? play.pause() : isLocked() || play.play()), { class: "lw-main" });
  const reset = button("Reset", () => {
    play.pause();
    change({ steps: 0 });
  });
  const [homeW, homeB] = get("home");
  const jump = button(`Jump to (${fixed(homeW, 1)}, ${fixed(homeB, 1)})`, () => {
    play.pause();
    change({ w: homeW, b: homeB, steps: 0 });
  });
  const named = Object.entries(get("starts"));
  const starts = menu("from", [["", "anywhere"], ...named.map(startAsOption)], (name) => {
    if (!name) return;
    play.pause();
    const [w, b, eta] = get("starts")[name];
    change({ w, b, eta, steps: 0 });
  });
  const sliderOf = (/** @type {"w" | "b"} */ name) =>
    slider({
      label: name,
      min: range[name][0],
      max: range[name][1],
      step: STEP,
      onInput: (value) => startAt({ x: get("w"), y: get("b"), [name === "w" ? "x" : "y"]: value }),
    });
  const sliders = { w: sliderOf("w"), b: sliderOf("b") };
  const rate = slider({
    label: "η",
    min: ETAS.least,
    max: ETAS.most,
    step: ETAS.step,
    format: () => significant(get("eta")),
    onInput: (power) => change({ eta: Number((10 ** power).toPrecision(2)), ...(get("predict") ? { steps: 0 } : {}) }),
  });
  const middle = [(range.w[0] + range.w[1]) / 2, (range.b[0] + range.b[1]) / 2];
  const markSlider = (/** @type {"w" | "b"} */ name) => {
    const axis = name === "w" ? 0 : 1;
    return slider({
      label: `mark ${name}`,
      min: range[name][0],
      max: range[name][1],
      step: STEP,
      onInput: (value) => {
        const mark = get("prediction").length ? get("prediction") : middle;
        markAt(axis === 0 ? { x: value, y: mark[1] } : { x: mark[0], y: value });
      },
    });
  };
  const marks = [markSlider("w"), markSlider("b")];
  const guess = toggle("Predict first", (predict) => {
    play.pause();
    change({ predict, prediction: [], ...(predict ? { steps: 0 } : {}) });
  });
  const own = toggle("Your own gradient", (on) => change({ own: on }));
  const guessing = h("div", { class: "lw-row" }, ...marks.map((mark) => mark.el));

  /** @param {Point | null} mark */
  function showControls(mark) {
    sliders.w.show(get("w"));
    sliders.b.show(get("b"));
    rate.show(Math.log10(get("eta")));
    run.show({ label: play.playing ? "Pause" : "Play", disabled: isLocked() });
    step.show({ disabled: isLocked() });
    const matches = named.find(([, [w, b, eta]]) => w === get("w") && b === get("b") && eta === get("eta"));
    starts.show(matches ? matches[0] : "");
    guess.show(get("predict"));
    own.show(get("own"));
    own.el.hidden = !get("has_own");
    guessing.hidden = !get("predict");
    marks.forEach((slider, axis) => {
      slider.show((mark ?? middle)[axis]);
    });
  }

  function draw() {
    const gonePath = path();
    const steps = gonePath.to(get("steps"));
    const place = gonePath.places[steps];
    /** @type {Point} */
    const at = [gonePath.ws[steps], gonePath.bs[steps]];
    /** @type {Point} */
    const gradient = [place.alongW, place.alongB];
    const ownArrow = get("own") && get("has_own") ? ownGradient(at, gradient) : null;
    const mark = get("prediction").length === 2 ? get("prediction") : null;
    showControls(mark);
    map.show({ ws: gonePath.ws, bs: gonePath.bs, steps, gradient, own: ownArrow, mark, guessing: get("predict") });
    side?.show(...at);
    course.show(gonePath.places, steps);
    kernel.show();
    const isBusy = get("_status").share < 1;
    busy.style.visibility = isBusy ? "visible" : "hidden"; // not `hidden`: nothing below shall jump
    const said = [
      position({ steps, at, cost: place.cost, gradient, ended: gonePath.ended, isNeuron: get("is_neuron") }),
    ];
    if (ownArrow) said.push(comparison(angle(ownArrow, gradient), Math.hypot(...ownArrow) / Math.hypot(...gradient)));
    if (get("predict")) said.push(predicted(mark, steps, at));
    if (isBusy) said.push(kernel.trouble() || "The map is being computed.");
    return said.join(" ").trim();
  }

  for (const [event, read] of /** @type {[string, () => void][]} */ ([
    ["change:heights", readHeights],
    ["change:own_off", readOwn],
  ])) {
    model.on(event, read);
    atEnd(() => model.off(event, read));
    read();
  }
  if (get("_status").share < 1) {
    kernel.begin();
    atEnd(kernel.end);
  }
  const keys = h("div", { class: "lw-cc-key" }, ...legend(get("has_own")));
  return {
    parts: [
      h(
        "div",
        { class: "lw-cc-columns" },
        h("div", { class: "lw-cc-map" }, map.svg, keys),
        h("div", { class: "lw-cc-side" }, side?.svg, course.el),
      ),
      h("div", { class: "lw-row" }, sliders.w.el, sliders.b.el, rate.el),
      h("div", { class: "lw-row" }, run.el, step.el, reset.el, jump.el, starts.el),
      h("div", { class: "lw-row" }, guess.el, own.el, busy),
      guessing,
    ],
    draw,
  };
}

/**
 * A named start as an entry of the list.
 * @param {[string, [number, number, number]]} start
 * @returns {[string, string]}
 */
function startAsOption([name, [w, b, eta]]) {
  return [name, `${name} (${significant(w)}, ${significant(b)}), η = ${significant(eta)}`];
}

/**
 * What the arrows are, in words and colour.
 * @param {boolean} hasOwn
 */
function legend(hasOwn) {
  const line = h("span", { class: "lw-cc-line" });
  const known = [h("span", {}, line, "downhill, −gradient")];
  if (hasOwn) known.push(h("span", {}, h("span", { class: "lw-cc-line lw-cc-line-own" }), "by your own slopes"));
  return known;
}

export default widget({
  label: "Cost contour",
  traits: ["w", "b", "eta", "steps", "predict", "prediction", "own", "heights", "own_off", "_status"],
  build,
});
