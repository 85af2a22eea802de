import { facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { androidNumber, lensKindOf, type LensKind } from './camera-labels.ts';

/** The sides of cameras whose labels do not name one, by device id; learned from live tracks. */
export type KnownSides = ReadonlyMap<string, Facing>;

/** Lenses that show much more, or much less, than a person expects of a camera. */
const SPECIAL: readonly (LensKind | undefined)[] = ['ultra-wide', 'tele', 'macro', 'desk'];
/**
 * The main lens of a side: on Android the one with the lowest number, elsewhere the only one whose
 * label names no kind of lens.
 *
 * @returns undefined if the labels do not tell
 */
export function mainLens(
  cameras: readonly NamedCamera[],
  facing: Facing,
  known: KnownSides = new Map(),
): NamedCamera | undefined {
  const own = camerasOnSide(cameras, facing, known);
  const numbered = own
    .map((camera) => ({ camera, number: androidNumber(camera.label) }))
    .filter((one): one is { camera: NamedCamera; number: number } => one.number !== undefined)
    .sort((a, b) => a.number - b.number);
  if (numbered.length > 0) return numbered[0]!.camera;
  const plain = own.filter(({ label }) => lensKindOf(label) === undefined);
  return plain.length === 1 && own.length > 1 ? plain[0] : undefined;
}

/** The main lens of the side, if `current` is a lens that nobody expects at first. */
export function betterLens(
  cameras: readonly NamedCamera[],
  facing: Facing,
  current: string | undefined,
): NamedCamera | undefined {
  const live = cameras.find(({ deviceId }) => deviceId === current);
  const main = mainLens(cameras, facing);
  if (!live || !main || live === main) return undefined;
  const isNumbered = androidNumber(live.label) !== undefined;
  return isNumbered || SPECIAL.includes(lensKindOf(live.label)) ? main : undefined;
}

/** The cameras that are, or may be, on a side. */
export function camerasOnSide(
  cameras: readonly NamedCamera[],
  facing: Facing,
  known: KnownSides,
): NamedCamera[] {
  return cameras.filter((camera) => {
    const side = facingOf(camera) ?? known.get(camera.deviceId);
    return camera.deviceId !== '' && (side === undefined || side === facing);
  });
}
