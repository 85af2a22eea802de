import { constraintsFor, facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { rememberedLens } from './remembered-lens.ts';

/**
 * Constraints for the lens that was chosen for this side in this session, or else for its main
 * lens.
 */
export function constraintsForSide(facing: Facing): MediaStreamConstraints {
  const deviceId = rememberedLens(facing);
  return constraintsFor(deviceId === undefined ? { facing } : { deviceId });
}

/**
 * The device id of the camera to flip to: the next one in the list.
 *
 * @param facing the side to flip to
 * @param current device id of the live camera
 * @returns undefined if a camera reports that it faces this side, or if there are no ids yet; then
 *   request the side instead of a device
 */
export function nextCamera(
  cameras: readonly NamedCamera[],
  facing: Facing,
  current: string | undefined,
): string | undefined {
  if (cameras.some((camera) => facingOf(camera) === facing)) return undefined;
  const index = cameras.findIndex(({ deviceId }) => deviceId === current);
  return cameras[(index + 1) % cameras.length]?.deviceId || undefined;
}
