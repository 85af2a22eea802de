import { constraintsFor, facingOf, listCameras, type Facing } from './camera-devices.ts';
import { betterLens, mainLens } from './main-lens.ts';
import { rememberedLens } from './remembered-lens.ts';

/** Delay before a second request when no camera was found. */
const LATE_CAMERA_MS = 700;
/** Delay before a second request when the camera is busy: phones let go of the last one slowly. */
const BUSY_CAMERA_MS = 500;

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
  if (!settings || isDevice(constraints, settings.deviceId)) return stream;
  const cameras = await listCameras();
  const better = isOtherSide(settings, facing)
    ? // Some phones give the front camera for `ideal: environment`.
      (mainLens(cameras, facing) ?? cameras.find((camera) => facingOf(camera) === facing))
    : // Some give the ultra wide lens for the side.
      (rememberedLens(cameras, facing) ?? betterLens(cameras, facing, settings.deviceId));
  if (!better || better.deviceId === settings.deviceId) return stream;
  endStream(stream);
  return askLeniently(constraintsFor({ deviceId: better.deviceId }), facing);
}

/** Whether the request was for this very camera. */
function isDevice({ video }: MediaStreamConstraints, deviceId: string | undefined): boolean {
  const asked = typeof video === 'object' ? video.deviceId : undefined;
  return typeof asked === 'object' && 'exact' in asked && asked.exact === deviceId;
}

function isOtherSide({ facingMode }: MediaTrackSettings, facing: Facing): boolean {
  return facingMode !== undefined && facingMode !== '' && facingMode !== facing;
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
    if (name === 'NotReadableError' || name === 'TrackStartError') {
      await new Promise((resolve) => setTimeout(resolve, BUSY_CAMERA_MS));
      return navigator.mediaDevices.getUserMedia(constraints);
    }
    // A browser that has just started may not have detected its cameras yet.
    if (name === 'NotFoundError') {
      await new Promise((resolve) => setTimeout(resolve, LATE_CAMERA_MS));
      return navigator.mediaDevices.getUserMedia(constraints);
    }
    throw thrown;
  }
}
