// Reads QR codes from the camera and from photos.

/** How the camera's frames are looked at, in turn: part of the middle square (1 is all of it), pixels along a side, smoothing. */
const LOOKS = [
  { whole: false, side: 900, smooth: 1 },
  { whole: true, side: 1280, smooth: 0 },
  { whole: false, side: 640, smooth: 0 },
  { whole: false, side: 900, smooth: 3 },
];
/** How a photo is looked at: pixels along its longer side, smoothing. */
const PHOTO_LOOKS = [[1600, 0], [1000, 1], [1600, 2], [700, 0], [2400, 1], [1200, 3], [500, 0]];
/** Largest photo, in octets. */
const MAX_PHOTO = 32 * 1024 * 1024;

let worker;
let next = 0;
const waiting = new Map();

function ask(image, smooth) {
  worker ??= started();
  next += 1;
  const message = { id: next, pixels: image.data.buffer, width: image.width, height: image.height, smooth };
  return new Promise((resolve) => {
    waiting.set(next, resolve);
    worker.postMessage(message, [message.pixels]);
  });
}

function started() {
  const fresh = new Worker(new URL("./reader-worker.js", import.meta.url), { type: "module" });
  fresh.addEventListener("message", ({ data: { id, text } }) => {
    waiting.get(id)?.(text);
    waiting.delete(id);
  });
  return fresh;
}

const canvas = document.createElement("canvas");

function drawn(source, [x, y, width, height], toWidth, toHeight) {
  [canvas.width, canvas.height] = [Math.round(toWidth), Math.round(toHeight)];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  // A screen shot may be transparent where nothing was drawn; a camera would see white.
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Looks at what the camera shows now, each time in another way. Gives the text or `null`. */
export function readFrame(video, turn) {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width) {
    return Promise.resolve(null);
  }
  const { whole, side, smooth } = LOOKS[turn % LOOKS.length];
  if (whole) {
    const scale = Math.min(1, side / Math.max(width, height));
    return ask(drawn(video, [0, 0, width, height], width * scale, height * scale), smooth);
  }
  const middle = Math.min(width, height);
  return ask(drawn(video, [(width - middle) / 2, (height - middle) / 2, middle, middle], side, side), smooth);
}

/** Reads a photo. Gives `{ text }`, or `{ slip }`. */
export async function readPhoto(file) {
  let picture;
  try {
    if (file.size > MAX_PHOTO) {
      return { slip: "photo-unreadable" };
    }
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { slip: "photo-unreadable" };
  }
  for (const [side, smooth] of PHOTO_LOOKS) {
    const scale = Math.min(2, side / Math.max(picture.width, picture.height));
    const all = [0, 0, picture.width, picture.height];
    const text = await ask(drawn(picture, all, picture.width * scale, picture.height * scale), smooth);
    if (text) {
      return { text };
    }
  }
  return { slip: "photo-no-code" };
}
