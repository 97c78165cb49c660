// Looks for a QR code beside the page, so that the page stays smooth.

import "../vendor/jsQR.js";
import { smoothed } from "./shapes.js";

self.addEventListener("message", ({ data: { id, pixels, width, height, smooth } }) => {
  let text = null;
  try {
    const seen = smoothed(new Uint8ClampedArray(pixels), width, height, smooth);
    text = self.jsQR(seen, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
  } catch {
    // jsQR throws at some pictures without a code; that is "none found".
  }
  self.postMessage({ id, text });
});
