/** A pad to draw on, with mouse, finger, pen, or the arrow keys. */

import { freshId, h, s, set } from "../shared/dom.js";
import { isFarEnough, onPad, PAD } from "./drawing.js";

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Strokes} Strokes */

const HELP =
  "By keyboard: arrows move the pen (Shift: finer), Space puts it down and lifts it, Backspace undoes, Delete clears.";
const STEP = 5;
/** @type {Record<string, number[]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {object} options
 * @param {() => Strokes} options.strokes the present drawing
 * @param {(strokes: Strokes) => void} options.drawn called with the new drawing
 * @param {() => void} options.moved called when the pen has moved without drawing
 */
export function pad({ strokes, drawn, moved }) {
  const path = s("path", { class: "dg-stroke" });
  const pen = s("circle", { class: "dg-pen", r: 5 });
  const help = h("p", { id: freshId("dg-help"), class: "dg-help", text: HELP });
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${PAD} ${PAD}`,
      class: "dg-pad",
      tabindex: "0",
      role: "application", // else a screen reader keeps the arrow keys for itself
      "aria-roledescription": "drawing pad",
      "aria-label": "Draw a digit",
      "aria-describedby": help.id,
    },
    path,
    pen,
  );
  /** @type {Point} */
  let at = [PAD / 2, PAD / 2];
  let down = false;
  /** @type {number | null} */
  let pointer = null;
  /** @type {any} */
  let shown;

  /** @param {Point} to */
  const start = (to) => drawn([...strokes(), [to]]);
  /** @param {Point} to */
  const extend = (to) => {
    const all = strokes();
    if (!all.length) return start(to);
    const last = all[all.length - 1];
    drawn([...all.slice(0, -1), [...last, to]]);
  };
  const end = () => {
    const stroke = strokes().at(-1);
    return stroke?.[stroke.length - 1];
  };
  const lift = () => {
    down = false;
    pointer = null;
  };

  // Mouse, finger and pen

  /** @param {PointerEvent} event */
  const place = (event) => {
    const seen = svg.getBoundingClientRect();
    return onPad(((event.clientX - seen.left) / seen.width) * PAD, ((event.clientY - seen.top) / seen.height) * PAD);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointer !== null) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    svg.focus({ preventScroll: true, focusVisible: false });
    lift();
    pointer = event.pointerId;
    at = place(event);
    start(at);
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    // The browser gives one event a frame, with all that the mouse has done meanwhile.
    const seen = event.getCoalescedEvents?.() ?? [];
    for (const each of seen.length ? seen : [event]) {
      at = place(each);
      if (isFarEnough(end(), at)) extend(at);
    }
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    svg.addEventListener(name, (event) => {
      if (/** @type {PointerEvent} */ (event).pointerId === pointer) lift();
    });
  }

  // The keyboard

  svg.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow) {
      const step = event.shiftKey ? 1 : STEP;
      at = onPad(at[0] + arrow[0] * step, at[1] + arrow[1] * step);
      if (down) extend(at);
      else moved();
    } else if (event.key === " ") {
      down = !down;
      if (down) start(at);
      else moved();
    } else if (event.key === "Backspace") undo();
    else if (event.key === "Delete") clear();
    else return;
    event.preventDefault();
  });
  svg.addEventListener("focus", moved);
  svg.addEventListener("blur", () => {
    if (pointer === null) down = false;
    moved();
  });

  function undo() {
    lift();
    if (strokes().length) drawn(strokes().slice(0, -1));
  }

  function clear() {
    lift();
    if (strokes().length) drawn([]);
  }

  return {
    svg,
    help,
    undo,
    clear,
    /** Where the pen is, when it is led by the keyboard; else null. */
    keyboardPen: () => (svg.matches(":focus-visible") && pointer === null ? { at, down } : null),
    show() {
      const drawing = strokes();
      if (drawing !== shown) {
        shown = drawing;
        path.setAttribute("d", drawing.map(pathOf).join(""));
      }
      set(pen, { cx: at[0], cy: at[1] });
      pen.classList.toggle("dg-down", down);
    },
  };
}

/** @param {Point[]} stroke */
function pathOf(stroke) {
  // A dot is a line of no length: with round ends, it shows.
  const points = stroke.length === 1 ? [stroke[0], stroke[0]] : stroke;
  return points.map(([x, y], k) => `${k ? "L" : "M"}${x} ${y}`).join("");
}
