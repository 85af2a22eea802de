import { msg } from '../i18n/msg.ts';
import { facingOf, type Facing, type NamedCamera } from './camera-devices.ts';
import { isWide, lensKindOf, type LensKind } from './camera-labels.ts';
import { camerasOnSide, mainLens, type KnownSides } from './main-lens.ts';

/** One of several cameras that face the same side. */
export interface Lens {
  readonly deviceId: string;
  /** A localized name such as "Wide" or "Back 2". */
  readonly name: string;
}

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
  const all = camerasOnSide(cameras, facing, known);
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
