import { safeSessionStorage } from '../platform/web-storage.ts';
import type { Facing } from './camera-devices.ts';

/**
 * Session storage, so that a chosen lens lasts as long as the visit; the next visit starts with the
 * main lens, and so does a reload where site data is blocked.
 */
const KEY = 'lens-';

/** The device id of the camera that was chosen for this side in this session. */
export function rememberedLens(facing: Facing): string | undefined {
  return safeSessionStorage.read(KEY + facing);
}

/** Stores which camera was chosen for this side, until the tab is closed. */
export function rememberLens(facing: Facing, deviceId: string): void {
  safeSessionStorage.write(KEY + facing, deviceId);
}
