import { sideOfLabel } from './camera-labels.ts';

/**
 * The side of the phone that a camera is on, as in `facingMode`: back (environment) or front
 * (user).
 */
export type Facing = 'environment' | 'user';

/** The parts of an InputDeviceInfo that identify a camera. */
export type NamedCamera = Pick<InputDeviceInfo, 'deviceId' | 'label'> &
  Partial<Pick<InputDeviceInfo, 'getCapabilities'>>;

/** Photos are stored at 512 px, so more than 720p would only cost time. */
const SIZE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

/**
 * Constraints for `getUserMedia`. Size and facing are `ideal`, so that no camera is rejected for
 * them. They contain either a facing or a device id, because the two contradict each other on some
 * phones.
 */
export function constraintsFor(
  choice: { facing: Facing } | { deviceId: string },
): MediaStreamConstraints {
  const which: MediaTrackConstraints =
    'deviceId' in choice
      ? { deviceId: { exact: choice.deviceId } }
      : { facingMode: { ideal: choice.facing } };
  return { audio: false, video: { ...SIZE, ...which } };
}

/**
 * All cameras. Before permission is granted, browsers list at most one, without a label. The list is
 * empty where the browser refuses it: then the camera works without a choice of lenses.
 */
export async function listCameras(): Promise<InputDeviceInfo[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'videoinput') as InputDeviceInfo[];
  } catch (thrown) {
    console.warn('The cameras could not be listed.', thrown);
    return [];
  }
}

/** The side that a camera faces, by its capabilities or else by its label; undefined if unknown. */
export function facingOf(device: NamedCamera): Facing | undefined {
  // Firefox lists devices without capabilities.
  const modes = device.getCapabilities?.()?.facingMode;
  if (modes?.includes('environment')) return 'environment';
  if (modes?.includes('user')) return 'user';
  return sideOfLabel(device.label);
}

/**
 * The side that the camera of a live track faces. A webcam does not report it: on a device with a
 * mouse it is assumed to face the user, on a phone it is assumed to be the requested one.
 */
export async function facingOfTrack(track: MediaStreamTrack, requested: Facing): Promise<Facing> {
  const { facingMode, deviceId } = track.getSettings();
  if (facingMode === 'user' || facingMode === 'environment') return facingMode;
  const device = (await listCameras()).find((camera) => camera.deviceId === deviceId);
  const named = device && facingOf(device);
  return named ?? (matchMedia('(pointer: fine)').matches ? 'user' : requested);
}

/** The state of the camera permission; undefined if the browser does not report it. */
export async function cameraPermission(): Promise<PermissionState | undefined> {
  try {
    const status = await navigator.permissions.query({ name: 'camera' });
    return status.state;
  } catch {
    // Older versions of Firefox and Safari do not know the permission `camera`.
    return undefined;
  }
}
