import { sha256 } from '../../platform/sha256.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { PassedSelfTest } from '../../records/engine.ts';
import type { FeatureExtractor } from './feature-extractor.ts';

/** Largest number of tests that are remembered. */
const MAX_STORED = 4;

/**
 * What a self-test on the processor depends on: this code, the browser, the base's bytes, the input
 * size, and what the base should give. A GPU's driver may change at any time, so that it is tested at
 * each start.
 */
async function keyOf({ featureSpaceId, backend, spec }: FeatureExtractor): Promise<string> {
  const specHash = await sha256(new TextEncoder().encode(JSON.stringify(spec)));
  // The address of the worker's code has a hash in its name.
  return [
    featureSpaceId,
    backend.plans !== undefined,
    specHash,
    location.pathname,
    navigator.userAgent,
  ].join(' ');
}

/** The test that this code has passed on wasm in this browser with this base, if it has. */
export async function passedSelfTest(
  extractor: FeatureExtractor,
): Promise<PassedSelfTest | undefined> {
  try {
    const passed = await getSetting('selfTests');
    return passed?.[await keyOf(extractor)];
  } catch {
    return undefined;
  }
}

/** Remembers a test on wasm; the next start of the app then leaves it out. */
export async function keepSelfTest(
  extractor: FeatureExtractor,
  passed: PassedSelfTest,
): Promise<void> {
  try {
    const key = await keyOf(extractor);
    const others = Object.entries((await getSetting('selfTests')) ?? {});
    const newest = others.filter(([other]) => other !== key).slice(-(MAX_STORED - 1));
    await saveSettings({ selfTests: { ...Object.fromEntries(newest), [key]: passed } });
  } catch (thrown) {
    console.warn('The result of the self-test could not be stored.', thrown);
  }
}
