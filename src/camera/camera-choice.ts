import { constraintsFor, facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { rememberedLens } from './remembered-lens.ts';

/** The lens that was chosen for this side in this session, else the side's main one. */
export function constraintsForSide(facing: Facing): MediaStreamConstraints {
  const deviceId = rememberedLens(facing);
  return constraintsFor(deviceId === undefined ? { facing } : { deviceId });
}

/**
 * The camera to flip to where none of them says that it looks the other way: the next one. Where
 * one says so, or they have no ids yet, undefined: the side is asked for, not the camera.
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
