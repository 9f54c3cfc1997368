/** Where ChainExplorer's pictures stand: drawn again where their size changes, and scrolled to where the walk is. */

import { h } from "../shared/dom.js";
import { barsDrawing } from "./bars.js";
import { drawing } from "./drawing.js";

/**
 * Make the places of chain and bars.
 * @param {import("../shared/frame.js").Frame} frame
 */
export function stage({ schedule, atEnd }) {
  const scroller = h("div", { class: "chain-scroller" });
  const barsPlace = h("div", { class: "chain-bars" });
  /** @type {{chain: ReturnType<typeof drawing>, bars: ReturnType<typeof barsDrawing>} | undefined} */
  let pictures;
  let drawnFor = "";
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    schedule();
  });
  observer.observe(scroller);
  atEnd(() => observer.disconnect());

  /** @param {number} L */
  function frameFor(L) {
    const wanted = `${L} ${width}`;
    if (pictures && wanted === drawnFor) return pictures;
    drawnFor = wanted;
    pictures = { chain: drawing(L, width || 640), bars: barsDrawing(L, width || 640) };
    scroller.replaceChildren(pictures.chain.svg);
    barsPlace.replaceChildren(pictures.bars.svg);
    return pictures;
  }

  /** Keep the column of a unit in view where the chain is wider than the page. */
  function follow(/** @type {string} */ place) {
    if (scroller.scrollWidth <= scroller.clientWidth) return;
    const node = scroller.querySelector(`[data-at="${place}"] text`);
    const middle = Number(node?.getAttribute("x"));
    if (middle < scroller.scrollLeft + 80 || middle > scroller.scrollLeft + scroller.clientWidth - 80) {
      scroller.scrollLeft = middle - scroller.clientWidth / 2;
    }
  }

  return { scroller, barsPlace, frameFor, follow };
}
