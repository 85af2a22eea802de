import { msg } from '../i18n/msg.ts';
import { facingOf, type Facing, type NamedCamera } from './camera-devices.ts';

/** One of several cameras that face the same side. */
export interface Lens {
  readonly deviceId: string;
  /** A localized name such as "Wide" or "Back 2". */
  readonly name: string;
}

/** iOS labels each lens in English, such as "Back Ultra Wide Camera"; longer names come first. */
const LENS_WORDS: readonly (readonly [pattern: RegExp, name: () => string])[] = [
  [/ultra[\s-]*wide/i, () => msg('Ultra wide', { desc: 'a lens of a phone' })],
  [/dual[\s-]*wide/i, () => msg('Dual wide', { desc: 'a lens of a phone' })],
  [/\btriple\b/i, () => msg('Triple', { desc: 'a lens of a phone' })],
  [/\bdual\b/i, () => msg('Dual', { desc: 'a lens of a phone' })],
  [/\btele(photo)?\b/i, () => msg('Tele', { desc: 'a lens of a phone' })],
  [/\bmacro\b/i, () => msg('Macro', { desc: 'a lens of a phone' })],
  [/\bdesk view\b/i, () => msg('Desk view', { desc: 'a lens of a phone' })],
  [/\bwide\b|^back camera$/i, () => msg('Wide', { desc: 'a lens of a phone' })],
];

const SIDES: Readonly<Record<Facing, () => string>> = {
  environment: () => msg('Back', { id: 'back-camera', desc: 'camera on the back of a phone' }),
  user: () => msg('Front', { id: 'front-camera', desc: 'camera on the front of a phone' }),
};
/** Maximum length of a name. */
const LONGEST = 28;

/**
 * The cameras of one side with distinct names. Cameras of unknown side, such as webcams, belong to
 * both sides.
 *
 * @param cameras in the order of the browser; they have no ids before permission is granted
 */
export function lensesOf(cameras: readonly NamedCamera[], facing: Facing): Lens[] {
  const own = cameras.filter((camera) => {
    const side = facingOf(camera);
    return camera.deviceId !== '' && (side === undefined || side === facing);
  });
  const names = own.map((camera) => nameOf(camera, facing));
  return own.map(({ deviceId }, i) => {
    const name = names[i]!;
    const same = names.filter((other) => other === name).length;
    const before = names.slice(0, i).filter((other) => other === name).length;
    return { deviceId, name: same > 1 ? `${name} ${before + 1}` : name };
  });
}

/** "camera2 2, facing back" becomes "Back"; "Logitech C920 (046d:082d)" becomes "Logitech C920". */
function nameOf(camera: NamedCamera, facing: Facing): string {
  const lens = LENS_WORDS.find(([pattern]) => pattern.test(camera.label.trim()));
  if (lens) return lens[1]();
  if (facingOf(camera) !== undefined) return SIDES[facing]();
  const label = camera.label.replace(/\s*\([^)]*\)/g, '').trim();
  if (label === '') return msg('Camera');
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label;
}
