import type { Facing } from './camera-devices.ts';

/** Session storage, so that a lens lasts as long as the visit: next time the main one opens. */
const KEY = 'lens-';

/** The camera that was chosen for a side in this session. */
export function rememberedLens(facing: Facing): string | undefined {
  try {
    return sessionStorage.getItem(KEY + facing) ?? undefined;
  } catch {
    // Storage that is blocked: nothing is remembered, and the main lens opens.
    return undefined;
  }
}

export function rememberLens(facing: Facing, deviceId: string): void {
  try {
    sessionStorage.setItem(KEY + facing, deviceId);
  } catch {
    // As above.
  }
}
