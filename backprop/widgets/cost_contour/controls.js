/** The controls of CostContour: sliders for the start and the rate, the walk, and the marks of a prediction. */

import { button, menu, slider, toggle } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { significant } from "../shared/numbers.js";

export const STEP = 0.01; // to this w and b are rounded, so that the copied line stays short
const ETAS = { least: -2, most: 1.3, step: 0.05 }; // powers of ten

/** @typedef {[number, number]} Point */
/**
 * What the user can ask for.
 * @typedef {object} Actions
 * @property {(at: {x: number, y: number}) => void} startAt
 * @property {(at: {x: number, y: number}) => void} markAt
 * @property {() => boolean} stepOnce
 * @property {() => boolean} isLocked whether a prediction has to come first
 * @property {ReturnType<typeof import("../shared/play.js").player>} play
 */

/**
 * Make the controls; `show` brings them up to the state.
 * @param {import("../shared/frame.js").Frame} frame
 * @param {import("./readings.js").Range} range
 * @param {Actions} actions
 */
export function controls({ model, change }, range, { startAt, markAt, stepOnce, isLocked, play }) {
  const get = (/** @type {string} */ name) => model.get(name);
  const step = button("Step", () => isLocked() || stepOnce());
  const run = button("Play", () => (play.playing ? play.pause() : isLocked() || play.play()), { class: "lw-main" });
  const reset = button("Back to the start", () => {
    play.pause();
    change({ steps: 0 });
  });
  const named = Object.entries(get("starts"));
  const starts = menu("start at", [["", "a place of your own"], ...named.map(startAsOption)], (name) => {
    if (!name) return;
    play.pause();
    const [w, b, eta] = get("starts")[name];
    change({ w, b, eta, steps: 0 });
  });
  const sliderOf = (/** @type {"w" | "b"} */ name) =>
    slider({
      label: `start ${name}`, // the sentence below says where the walk is, which is another w
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

  return {
    rows: [
      h("div", { class: "lw-row" }, sliders.w.el, sliders.b.el, rate.el),
      h("div", { class: "lw-row" }, run.el, step.el, reset.el, starts.el),
    ],
    switches: [guess.el, own.el],
    guessing,

    /** @param {Point | null} mark */
    show(mark) {
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
    },
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
