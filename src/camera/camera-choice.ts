import { constraintsFor, facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { mainLens } from './main-lens.ts';
import { rememberedLens } from './remembered-lens.ts';

/**
 * Constraints for one side of the phone: the lens that was chosen for it, or else its main lens, or
 * else whichever the browser takes.
 *
 * @param cameras without labels before permission is granted
 */
export function constraintsForSide(
  cameras: readonly NamedCamera[],
  facing: Facing,
): MediaStreamConstraints {
  const lens = rememberedLens(cameras, facing) ?? mainLens(cameras, facing);
  return constraintsFor(lens?.deviceId ? { deviceId: lens.deviceId } : { facing });
}

/**
 * The device id of the camera to flip to: the next one in the list.
 *
 * @param facing the side to flip to
 * @param live the live camera
 * @returns undefined if a camera is known to face this side, if the live one says which side it
 *   faces, as on phones, or if there are no ids yet; then request the side instead of a device
 */
export function nextCamera(
  cameras: readonly NamedCamera[],
  facing: Facing,
  { deviceId, facingMode }: Pick<MediaTrackSettings, 'deviceId' | 'facingMode'>,
): string | undefined {
  if (facingMode || cameras.some((camera) => facingOf(camera) === facing)) return undefined;
  const index = cameras.findIndex((camera) => camera.deviceId === deviceId);
  return cameras[(index + 1) % cameras.length]?.deviceId || undefined;
}
