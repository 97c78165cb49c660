// The phone's camera, switched on only while the scanner is on the glass.

/** Names of what a browser says when there is no picture, as slips of the app. */
const REASONS = { NotAllowedError: "camera-refused", SecurityError: "camera-refused", NotFoundError: "camera-missing", OverconstrainedError: "camera-missing" };

/** Starts the camera at the phone's back. Gives `{ stream }`, or `{ slip }`. */
export async function startCamera(video) {
  if (!navigator.mediaDevices?.getUserMedia) {
    return { slip: "camera-missing" };
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    video.srcObject = stream;
    await video.play();
    return { stream };
  } catch (problem) {
    return { slip: REASONS[problem.name] ?? "camera-busy" };
  }
}

/** Switches the camera off. */
export function stopCamera(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}

/** The lamp beside the lens, or `undefined` where there is none: a function that takes on or off. */
export function lamp(stream) {
  const [track] = stream.getVideoTracks();
  if (!track?.getCapabilities?.().torch) {
    return undefined;
  }
  return (on) => track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => undefined);
}
