/** A plot in SVG: frame, ticks and labels, lines, and a point that can be dragged. What moves is SVG, never canvas. */

import { freshId, s, set } from "./dom.js";
import { clamp, scale, significant, ticks } from "./numbers.js";

/**
 * @typedef {object} PlotOptions
 * @property {number} width of the whole picture, in its own units; it shrinks with the page
 * @property {number} height
 * @property {[number, number]} x from where to where the x axis goes
 * @property {[number, number]} y
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {string} [title]
 * @property {string} label what a screen reader says of the picture
 * @property {{left?: number, right?: number, top?: number, bottom?: number}} [margin]
 */

/**
 * Make a plot with its axes drawn. Layers: `under` (behind the axes), `marks` (cut off at the frame), `over`.
 * @param {PlotOptions} options
 */
export function plot({ width, height, x, y, xLabel, yLabel, title = "", label, margin = {} }) {
  const { left = 48, right = 12, top = title ? 28 : 12, bottom = 42 } = margin;
  const xs = scale(x, [left, width - right]);
  const ys = scale(y, [height - bottom, top]);
  const clip = freshId("lw-clip");
  const box = { x: left, y: top, width: width - left - right, height: height - top - bottom };
  const under = s("g");
  const axes = s("g", { class: "lw-axes", "aria-hidden": "true" });
  const marks = s("g", { "clip-path": `url(#${clip})` });
  const over = s("g");
  const svg = s(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "lw-plot", role: "img", "aria-label": label },
    s("defs", {}, s("clipPath", { id: clip }, s("rect", box))),
    under,
    axes,
    marks,
    over,
  );
  svg.style.maxWidth = `${width * 1.25}px`;
  axes.append(s("rect", { ...box, class: "lw-frame" }));
  const word = (/** @type {Record<string, any>} */ at, /** @type {string} */ text) =>
    axes.append(s("text", { ...at, text }));
  for (const value of ticks(...x)) {
    axes.append(s("path", { class: "lw-tick", d: `M${xs.to(value)} ${height - bottom}v4` }));
    word({ x: xs.to(value), y: height - bottom + 17, "text-anchor": "middle" }, significant(value));
  }
  for (const value of ticks(...y)) {
    axes.append(s("path", { class: "lw-tick", d: `M${left} ${ys.to(value)}h-4` }));
    word({ x: left - 7, y: ys.to(value) + 4, "text-anchor": "end" }, significant(value));
  }
  const middle = [left + box.width / 2, top + box.height / 2];
  word({ x: middle[0], y: height - 6, "text-anchor": "middle" }, xLabel);
  word({ "text-anchor": "middle", transform: `translate(13 ${middle[1]}) rotate(-90)` }, yLabel);
  if (title) word({ x: middle[0], y: 17, "text-anchor": "middle", class: "lw-title" }, title);

  /** @param {PointerEvent} event */
  function underPointer(event) {
    const seen = svg.getBoundingClientRect();
    return {
      x: clamp(xs.from(((event.clientX - seen.left) / seen.width) * width), x[0], x[1]),
      y: clamp(ys.from(((event.clientY - seen.top) / seen.height) * height), y[0], y[1]),
    };
  }

  return {
    svg,
    xs,
    ys,
    box,
    clip,
    under,
    marks,
    over,
    /**
     * Call `move` with the point of the plot under the mouse or finger, from press to release. With `target`, only
     * from there; else from anywhere in the plot. `x` alone leaves the page free to scroll up and down.
     * @param {(at: {x: number, y: number}, event: PointerEvent) => void} move `event.type` tells the press from the rest
     * @param {{target?: SVGElement, only?: "x" | "both"}} [options]
     */
    drag(move, { target = svg, only = "both" } = {}) {
      target.style.touchAction = only === "x" ? "pan-y" : "none";
      target.classList.add("lw-draggable");
      target.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        target.setPointerCapture(event.pointerId);
        event.preventDefault(); // else the browser selects text, or drags a ghost of the picture
        move(underPointer(event), event);
      });
      target.addEventListener("pointermove", (event) => {
        if (target.hasPointerCapture(event.pointerId)) move(underPointer(event), event);
      });
    },
    /**
     * The data of an SVG path through points of the plot; it is broken where a point is not finite.
     * @param {ArrayLike<number>} px
     * @param {ArrayLike<number>} py
     */
    path(px, py) {
      let text = "";
      let pen = "M";
      for (let i = 0; i < px.length; i += 1) {
        if (Number.isFinite(px[i]) && Number.isFinite(py[i])) {
          // Far outside the frame nothing is seen, and drawing programs take ill to huge numbers.
          const right = clamp(xs.to(px[i]), -1e4, 1e4).toFixed(2);
          const down = clamp(ys.to(py[i]), -1e4, 1e4).toFixed(2);
          text += `${pen}${right} ${down}`;
          pen = "L";
        } else pen = "M";
      }
      return text;
    },
    /**
     * Put an element with cx and cy on a point.
     * @param {SVGElement} node
     * @param {number} px
     * @param {number} py
     */
    place(node, px, py) {
      set(node, { cx: xs.to(px), cy: ys.to(py) });
    },
  };
}
