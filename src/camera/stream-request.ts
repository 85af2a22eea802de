import { constraintsFor, facingOf, listCameras, type Facing } from './camera-devices.ts';

/** How long to wait before a camera that was not found is looked for once more. */
const LATE_CAMERA_MS = 700;

/**
 * Asks the browser for the camera, one question at a time: a second `getUserMedia` beside an open
 * one ends the first stream on iOS.
 */
export class StreamRequest {
  #open: Promise<MediaStream> | undefined;

  /**
   * A stream of the camera that was asked for, or of the nearest there is. While an earlier
   * question is still open, its answer counts for this one too.
   *
   * @throws DOMException of getUserMedia
   */
  ask(constraints: MediaStreamConstraints, facing: Facing): Promise<MediaStream> {
    this.#open ??= ask(constraints, facing).finally(() => (this.#open = undefined));
    return this.#open;
  }
}

/** Ends a stream, and with it the camera's light. */
export function endStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function ask(constraints: MediaStreamConstraints, facing: Facing): Promise<MediaStream> {
  const stream = await askLeniently(constraints, facing);
  const settings = stream.getVideoTracks()[0]?.getSettings();
  if (!settings?.facingMode || settings.facingMode === facing) return stream;
  // Some phones answer `ideal: environment` with the front camera: ask for the rear one by its id.
  const right = (await listCameras()).find((camera) => facingOf(camera) === facing);
  if (!right || right.deviceId === settings.deviceId) return stream;
  endStream(stream);
  return askLeniently(constraintsFor({ deviceId: right.deviceId }), facing);
}

async function askLeniently(
  constraints: MediaStreamConstraints,
  facing: Facing,
): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    // The camera with this id is gone, or cannot do this: another one is better than none.
    if (name === 'OverconstrainedError') {
      return navigator.mediaDevices.getUserMedia(constraintsFor({ facing }));
    }
    // A browser that has only just started may not know its cameras yet.
    if (name === 'NotFoundError') {
      await new Promise((resolve) => setTimeout(resolve, LATE_CAMERA_MS));
      return navigator.mediaDevices.getUserMedia(constraints);
    }
    throw thrown;
  }
}
