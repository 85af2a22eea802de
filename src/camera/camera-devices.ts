/** Which way a camera looks: away from the person who holds the phone, or at them. */
export type Facing = 'environment' | 'user';

/** The parts of an InputDeviceInfo that say which camera it is. */
export type NamedCamera = Pick<InputDeviceInfo, 'deviceId' | 'label'> &
  Partial<Pick<InputDeviceInfo, 'getCapabilities'>>;

/** Photos are stored at 512 px: more than 720p would only cost time. */
const SIZE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

/**
 * What to ask for. Size and facing are `ideal`, so that no camera is refused for what it cannot
 * do. A facing and a device id together contradict each other on some phones: never both.
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

/** The cameras there are. Before permission is given, browsers show at most one, nameless. */
export async function listCameras(): Promise<InputDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'videoinput') as InputDeviceInfo[];
}

/** Which way a camera looks, from what it says of itself, else from its name. */
export function facingOf(device: NamedCamera): Facing | undefined {
  // Firefox lists devices without capabilities.
  const modes = (device.getCapabilities?.() as { facingMode?: string[] } | undefined)?.facingMode;
  if (modes?.includes('environment')) return 'environment';
  if (modes?.includes('user')) return 'user';
  if (/\b(back|rear|environment)\b/i.test(device.label)) return 'environment';
  if (/\b(front|user|facetime)\b/i.test(device.label)) return 'user';
  return undefined;
}

/**
 * Which way the camera of a live track looks. A webcam does not say: with a mouse it stands on a
 * desk and looks at the person; on a phone it is taken to be what was asked for.
 */
export async function facingOfTrack(track: MediaStreamTrack, asked: Facing): Promise<Facing> {
  const { facingMode, deviceId } = track.getSettings();
  if (facingMode === 'user' || facingMode === 'environment') return facingMode;
  const device = (await listCameras()).find((camera) => camera.deviceId === deviceId);
  const named = device && facingOf(device);
  return named ?? (matchMedia('(pointer: fine)').matches ? 'user' : asked);
}

/** Whether the camera was allowed before; undefined where the browser does not tell. */
export async function cameraPermission(): Promise<PermissionState | undefined> {
  try {
    const status = await navigator.permissions.query({ name: 'camera' });
    return status.state;
  } catch {
    // Older Firefox and Safari do not know this permission's name.
    return undefined;
  }
}
