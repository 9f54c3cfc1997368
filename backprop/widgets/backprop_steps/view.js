/** BackpropSteps in the browser; see widget.py. */

import { brief } from "../shared/brief.js";
import { button, menu, slider } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { clamp, snap } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";
import { say, sayLines } from "../shared/say.js";
import { scroller } from "../shared/scroller.js";
import { drawing } from "./drawing.js";
import { judge, sentence, sign } from "./judge.js";
import { PARAMETERS, run, STEPS } from "./model.js";
import { code, formulas, worked } from "./panel.js";
import { calculation, entriesOf, WORDS } from "./sentences.js";

const GRAIN = 0.01; // to this the slider rounds
const REACH = 5; // where it ends
const PACE = 1100; // milliseconds in which a step can be read
const LAST = STEPS.length - 1;

/** @typedef {import("./model.js").Matrix} Matrix */

/** @param {import("../shared/frame.js").Frame} frame */
function build(frame) {
  const { model, change, atEnd } = frame;
  const X = /** @type {Matrix} */ (model.get("_X"));
  const Y = /** @type {Matrix} */ (model.get("_Y"));
  const sizes = { nX: X.length, nH: model.get("W1").length, nY: Y.length, m: X[0].length };
  const parameters = () =>
    /** @type {import("./model.js").Parameters} */ (
      Object.fromEntries(PARAMETERS.map((name) => [name, model.get(name)]))
    );
  const step = () => clamp(model.get("step"), 0, LAST);
  const sample = () => clamp(model.get("sample"), 0, sizes.m - 1);
  const entries = () => entriesOf(STEPS[step()], sizes, sample());
  const entry = () => clamp(model.get("entry"), 0, Math.max(0, entries().length - 1));

  // The pass
  const go = (/** @type {number} */ to) => change({ step: clamp(to, 0, LAST), entry: 0 });
  const play = player(
    () => {
      if (step() === LAST) return false;
      go(calm() ? LAST : step() + 1);
      return step() < LAST;
    },
    () => playing.show({ label: play.playing ? "Pause" : "Play" }),
    PACE,
  );
  atEnd(play.pause);
  const jump = (/** @type {number} */ to) => {
    play.pause();
    go(to);
  };
  const back = button("Back", () => jump(step() - 1));
  const next = button("Step", () => jump(step() + 1), { class: "lw-main" });
  const playing = button("Play", () => {
    if (!play.playing && step() === LAST) go(0);
    if (play.playing) play.pause();
    else play.play();
  });
  const all = button("Show all", () => jump(LAST));
  const reset = button("Reset", () => {
    play.pause();
    change(structuredClone(model.get("_start")));
  });
  const walk = slider({
    label: "step",
    min: 0,
    max: LAST,
    step: 1,
    format: (value) => `${value} of ${LAST}: ${STEPS[value]}`,
    onInput: jump,
  });
  const which = slider({
    label: "sample",
    min: 0,
    max: sizes.m - 1,
    step: 1,
    format: String,
    onInput: (value) => change({ sample: value }),
  });
  which.el.hidden = sizes.m === 1;

  // One parameter to turn
  const knobs = PARAMETERS.flatMap((name) =>
    model
      .get(name)
      .flatMap((/** @type {number[]} */ row, /** @type {number} */ i) => row.map((_, j) => ({ name, i, j }))),
  );
  let turned = 0;
  const knob = menu(
    "turn",
    knobs.map(({ name, i, j }, k) => [String(k), `${name}[${i}, ${j}]`]),
    (k) => {
      turned = Number(k);
      change({});
    },
  );
  const dial = slider({
    label: "to",
    min: -REACH,
    max: REACH,
    step: GRAIN,
    format: (value) => brief(value),
    onInput: (value) => {
      const { name, i, j } = knobs[turned];
      const matrix = structuredClone(model.get(name));
      matrix[i][j] = snap(value, GRAIN);
      change({ [name]: matrix });
    },
  });

  // One entry, worked out
  const picked = menu("entry", [], (k) => change({ entry: Number(k) }));
  let listed = "";
  function listEntries() {
    const names = entries().map(([i, j]) => `${STEPS[step()]}[${i}, ${j}]`);
    if (names.join() !== listed) {
      listed = names.join();
      picked.select.replaceChildren(...names.map((name, k) => h("option", { value: k, text: name })));
    }
    picked.el.hidden = names.length < 2;
    if (names.length) picked.show(String(entry()));
  }
  const net = drawing((name, row, column) => {
    const k = knobs.findIndex((one) => one.name === name && one.i === row && one.j === column);
    if (k >= 0) turned = k;
    const at = column < 0 ? sample() : column;
    const now = STEPS[step()];
    const wanted = entries().findIndex(([i, j]) => (now === name || now === `d${name}`) && i === row && j === at);
    change(wanted >= 0 ? { entry: wanted } : {});
  });
  const seen = scroller(frame, "The network: arrow keys scroll", net.svg);
  const list = formulas(sizes, jump);
  const listing = code(model.get("_code"));
  const sum = h("div", { class: "steps-sum" });
  const own = h("p", { class: "steps-own" });

  /** What the student's functions say of the present parameters, or null while the kernel has not answered yet. */
  function answers() {
    const given = model.get("_own");
    return given.of && JSON.stringify(given.of) === JSON.stringify(PARAMETERS.map((name) => model.get(name)))
      ? given
      : null;
  }

  function draw() {
    /** @type {Record<string, Matrix>} */
    const values = { X, Y, ...parameters(), ...run(X, Y, parameters()) };
    const now = STEPS[step()];
    const place = entries()[entry()];
    const name = place ? `${now}[${place[0]}, ${place[1]}]` : "";
    const pieces = place ? calculation(now, place[0], place[1], values) : [];
    const operands = pieces.filter((piece) => typeof piece !== "string");
    const known = new Set(["X", "Y", ...PARAMETERS, ...STEPS.slice(1, step() + 1)]);
    net.show({
      values,
      known,
      sample: sample(),
      step: now,
      lit: new Set(operands.map((operand) => operand.at)),
      made: name,
    });
    net.svg.setAttribute("aria-label", `The network with the numbers of sample ${sample()}`);
    const said = answers();
    // A sign before its number has been computed would give the answer away.
    list.show(now, (quantity) => (known.has(quantity) ? sign(judge(said, quantity, values[quantity])) : ""));
    listing.show(now);
    listEntries();
    const value = place ? values[now][place[0]][place[1]] : 0;
    sayLines(sum, place ? worked(now === "cost" ? "cost" : name, pieces, value) : []);
    sum.className = `steps-sum ${step() > 5 ? "steps-sum-back" : ""}`;
    const judged = place ? sentence(said, now, place, values[now]) : "";
    say(own, judged);
    own.hidden = !judged;
    const { name: parameter, i, j } = knobs[turned];
    knob.show(String(turned));
    dial.show(values[parameter][i][j]);
    walk.show(step());
    which.show(sample());
    back.show({ disabled: step() === 0 });
    next.show({ disabled: step() === LAST });
    const result = place ? ` ${now === "cost" ? "cost" : name} = ${brief(value)}.` : "";
    const turn = ` ${parameter}[${i}, ${j}] is ${brief(values[parameter][i][j])}.`;
    return `Step ${step()} of ${LAST}${place ? `, ${now}` : ""}. ${WORDS[now]}${result}${turn}`;
  }

  return {
    parts: [
      h("div", { class: "lw-row" }, back.el, next.el, playing.el, all.el, reset.el, walk.el),
      h("div", { class: "lw-columns steps-top" }, seen.el, list.el),
      h("div", { class: "lw-columns" }, h("div", { class: "steps-worked" }, picked.el, sum, own), listing.el),
      h("div", { class: "lw-row" }, which.el, knob.el, dial.el),
    ],
    draw,
  };
}

export default widget({
  label: "Backpropagation, step by step",
  traits: [...PARAMETERS, "sample", "step", "entry", "_own"],
  build,
});
