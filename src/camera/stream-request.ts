import { constraintsFor, facingOf, listCameras, type Facing } from './camera-devices.ts';

/** Delay before a second request when no camera was found. */
const LATE_CAMERA_MS = 700;

/**
 * Calls `getUserMedia`, one call at a time: on iOS a second call while one is pending ends the
 * first stream.
 */
export class StreamRequest {
  #open: Promise<MediaStream> | undefined;

  /**
   * A stream of the requested camera, or of another one if that is not available. While an earlier
   * request is pending, its stream is returned for this request too.
   *
   * @param facing the side to use if the constraints cannot be met
   * @throws DOMException of `getUserMedia`
   */
  ask(constraints: MediaStreamConstraints, facing: Facing): Promise<MediaStream> {
    this.#open ??= this.#askOnce(constraints, facing);
    return this.#open;
  }

  async #askOnce(constraints: MediaStreamConstraints, facing: Facing): Promise<MediaStream> {
    try {
      return await ask(constraints, facing);
    } finally {
      // Before the promise settles, so that whoever learns of it can ask again.
      this.#open = undefined;
    }
  }
}

/** Stops all tracks of a stream, which turns off the camera's light. */
export function endStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function ask(constraints: MediaStreamConstraints, facing: Facing): Promise<MediaStream> {
  const stream = await askLeniently(constraints, facing);
  const settings = stream.getVideoTracks()[0]?.getSettings();
  if (!settings?.facingMode || settings.facingMode === facing) return stream;
  // Some phones give the front camera for `ideal: environment`: request the rear camera by its id.
  const matching = (await listCameras()).find((camera) => facingOf(camera) === facing);
  if (!matching || matching.deviceId === settings.deviceId) return stream;
  endStream(stream);
  return askLeniently(constraintsFor({ deviceId: matching.deviceId }), facing);
}

async function askLeniently(
  constraints: MediaStreamConstraints,
  facing: Facing,
): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    // The camera with this id is gone, or cannot meet the constraints: try any other camera.
    if (name === 'OverconstrainedError') {
      return navigator.mediaDevices.getUserMedia(constraintsFor({ facing }));
    }
    // A browser that has just started may not have detected its cameras yet.
    if (name === 'NotFoundError') {
      await new Promise((resolve) => setTimeout(resolve, LATE_CAMERA_MS));
      return navigator.mediaDevices.getUserMedia(constraints);
    }
    throw thrown;
  }
}
