import { msg } from '../i18n/msg.ts';
import { facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { androidNumber, isWide, lensKindOf, type LensKind } from './camera-labels.ts';

/** One of several cameras that face the same side. */
export interface Lens {
  readonly deviceId: string;
  /** A localized name such as "Wide" or "Back 2". */
  readonly name: string;
}

/** The sides of cameras whose labels do not name one, by device id; learned from live tracks. */
export type KnownSides = ReadonlyMap<string, Facing>;

const NAMES: Readonly<Record<LensKind | 'wide', () => string>> = {
  'ultra-wide': () => msg('Ultra wide', { desc: 'a lens of a phone' }),
  'dual-wide': () => msg('Dual wide', { desc: 'a lens of a phone' }),
  triple: () => msg('Triple', { desc: 'a lens of a phone' }),
  dual: () => msg('Dual', { desc: 'a lens of a phone' }),
  tele: () => msg('Tele', { desc: 'a lens of a phone' }),
  macro: () => msg('Macro', { desc: 'a lens of a phone' }),
  desk: () => msg('Desk view', { desc: 'a lens of a phone' }),
  wide: () => msg('Wide', { desc: 'a lens of a phone' }),
};

const SIDES: Readonly<Record<Facing, () => string>> = {
  environment: () => msg('Back', { id: 'back-camera', desc: 'camera on the back of a phone' }),
  user: () => msg('Front', { id: 'front-camera', desc: 'camera on the front of a phone' }),
};
/** Lenses that show much more, or much less, than a person expects of a camera. */
const SPECIAL: readonly (LensKind | undefined)[] = ['ultra-wide', 'tele', 'macro', 'desk'];
/** Maximum length of a name. */
const LONGEST = 28;

/**
 * The cameras of one side with distinct names, the main lens first. Cameras of unknown side, such
 * as webcams, belong to both sides.
 *
 * @param cameras in the order of the browser; they have no ids before permission is granted
 */
export function lensesOf(
  cameras: readonly NamedCamera[],
  facing: Facing,
  known: KnownSides = new Map(),
): Lens[] {
  const all = onSide(cameras, facing, known);
  const main = mainLens(cameras, facing, known);
  const own = main ? [main, ...all.filter((camera) => camera !== main)] : all;
  const hasKinds = own.some(({ label }) => lensKindOf(label) !== undefined);
  const names = own.map((camera) => nameOf(camera, facing, hasKinds));
  return own.map(({ deviceId }, i) => {
    const name = names[i]!;
    const same = names.filter((other) => other === name).length;
    const before = names.slice(0, i).filter((other) => other === name).length;
    return { deviceId, name: same > 1 ? `${name} ${before + 1}` : name };
  });
}

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
  const own = onSide(cameras, facing, known);
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

function onSide(cameras: readonly NamedCamera[], facing: Facing, known: KnownSides): NamedCamera[] {
  return cameras.filter((camera) => {
    const side = facingOf(camera) ?? known.get(camera.deviceId);
    return camera.deviceId !== '' && (side === undefined || side === facing);
  });
}

/**
 * "camera2 2, facing back" becomes "Back"; "Logitech C920 (046d:082d)" becomes "Logitech C920".
 *
 * @param hasKinds whether the labels of this side name kinds of lenses: then the other is the wide
 */
function nameOf({ label, ...camera }: NamedCamera, facing: Facing, hasKinds: boolean): string {
  const kind = lensKindOf(label);
  if (kind) return NAMES[kind]();
  if (isWide(label)) return NAMES.wide();
  if (facingOf({ ...camera, label }) !== undefined) {
    return hasKinds ? NAMES.wide() : SIDES[facing]();
  }
  const name = label.replace(/\s*\([^)]*\)/g, '').trim();
  if (name === '') return msg('Camera');
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name;
}
