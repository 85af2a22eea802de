import { safeLocalStorage } from '../platform/web-storage.ts';
import type { Facing, NamedCamera } from './camera-devices.ts';

/**
 * Local storage: the lens that the user chose for a side, by its id and its label. Some browsers
 * give a camera another id at each visit.
 */
const KEY = 'purrceptron-lens-';

/** The camera that was chosen for this side; undefined if there is none, or it is gone. */
export function rememberedLens<Camera extends NamedCamera>(
  cameras: readonly Camera[],
  facing: Facing,
): Camera | undefined {
  const [deviceId, label] = safeLocalStorage.read(KEY + facing)?.split('\n') ?? [];
  if (!deviceId) return undefined;
  return (
    cameras.find((camera) => camera.deviceId === deviceId) ??
    cameras.find((camera) => camera.label !== '' && camera.label === label)
  );
}

/** Stores which camera was chosen for this side. */
export function rememberLens(facing: Facing, { deviceId, label }: NamedCamera): void {
  safeLocalStorage.write(KEY + facing, `${deviceId}\n${label}`);
}
