/** Where ChainExplorer's pictures stand: drawn again where their size changes, and scrolled to where the walk is. */

import { h, set } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";
import { scroller as scrolling } from "../shared/scroller.js";
import { barsDrawing } from "./bars.js";
import { drawing, LEFT } from "./drawing.js";
import { overview } from "./overview.js";

/**
 * Make the places of chain and bars.
 * @param {import("../shared/frame.js").Frame} frame
 */
export function stage(frame) {
  const { schedule, atEnd } = frame;
  const chainPlace = h("div");
  const barsPlace = h("div", { class: "chain-bars" });
  const box = scrolling(frame, "The chain and its bars: arrow keys scroll", chainPlace, barsPlace);
  const scroller = box.el;
  const smallPlace = h("div");
  /** @type {{chain: ReturnType<typeof drawing>, bars: ReturnType<typeof barsDrawing>, small: ReturnType<typeof overview>} | undefined} */
  let pictures;
  let drawnFor = "";
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    schedule();
  });
  observer.observe(scroller);
  atEnd(() => observer.disconnect());
  scroller.addEventListener("scroll", scrolled);

  /** Hold the names of the rows where they are, and mark in the overview what is in view. */
  function scrolled() {
    for (const names of scroller.querySelectorAll(".chain-names")) {
      set(names, { transform: `translate(${scroller.scrollLeft} 0)` });
    }
    if (!pictures) return;
    const { column, L } = pictures.chain;
    const unitAt = (/** @type {number} */ pixel) => clamp((pixel - LEFT) / column - 1, 0, L);
    pictures.small.mark(unitAt(scroller.scrollLeft + LEFT), unitAt(scroller.scrollLeft + scroller.clientWidth));
  }

  /** @param {number} L */
  function frameFor(L) {
    const wanted = `${L} ${width}`;
    if (pictures && wanted === drawnFor) return pictures;
    drawnFor = wanted;
    pictures = { chain: drawing(L, width || 640), bars: barsDrawing(L, width || 640), small: overview(L) };
    chainPlace.replaceChildren(pictures.chain.svg);
    barsPlace.replaceChildren(pictures.bars.svg);
    smallPlace.replaceChildren(pictures.small.el);
    box.update();
    smallPlace.hidden = scroller.scrollWidth <= scroller.clientWidth;
    scrolled();
    return pictures;
  }

  /** Keep the column of a unit in view where the chain is wider than the page. */
  function follow(/** @type {string} */ place) {
    if (scroller.scrollWidth <= scroller.clientWidth) return;
    const node = scroller.querySelector(`[data-at="${place}"] text`);
    const middle = Number(node?.getAttribute("x"));
    if (middle < scroller.scrollLeft + LEFT + 40 || middle > scroller.scrollLeft + scroller.clientWidth - 80) {
      scroller.scrollLeft = middle - scroller.clientWidth / 2;
    }
  }

  return { parts: [scroller, smallPlace], frameFor, follow };
}
