/** A grey map of values on a grid, as an image under a plot: low is white, high is black, what is not finite is blank. */

import { s, set } from "./dom.js";

/**
 * Put the image under a plot; `show` draws it again.
 * @param {ReturnType<typeof import("./plot.js").plot>} plot
 */
export function heatLayer(plot) {
  const image = s("image", { preserveAspectRatio: "none" });
  const canvas = document.createElement("canvas");
  plot.under.prepend(s("g", { "clip-path": `url(#${plot.clip})` }, image));
  return {
    /**
     * @param {import("./contours.js").Grid} grid
     * @param {number} low painted white
     * @param {number} high painted black
     */
    show({ values, nx, ny }, low, high) {
      canvas.width = nx;
      canvas.height = ny;
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const pixels = context.createImageData(nx, ny);
      for (let i = 0; i < values.length; i += 1) {
        if (!Number.isFinite(values[i])) continue;
        const grey = Math.round(255 * (1 - Math.min(1, Math.max(0, (values[i] - low) / (high - low || 1)))));
        const at = 4 * ((ny - 1 - Math.floor(i / nx)) * nx + (i % nx));
        pixels.data.fill(grey, at, at + 3);
        pixels.data[at + 3] = 255;
      }
      context.putImageData(pixels, 0, 0);
      // A value stands at the middle of its pixel, so the image reaches half a pixel beyond the outer points.
      const { x, y, width, height } = plot.box;
      const [across, down] = [width / (nx - 1), height / (ny - 1)];
      set(image, { x: x - across / 2, y: y - down / 2, width: width + across, height: height + down });
      set(image, { href: canvas.toDataURL() });
    },
  };
}
