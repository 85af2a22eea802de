import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { PassedSelfTest } from '../../records/engine.ts';
import type { FeatureExtractor } from './feature-extractor.ts';

/** Largest number of tests that are remembered. */
const MAX_STORED = 4;

/**
 * What a self-test on the processor depends on: this code, the browser, the base's bytes and the
 * input size. A GPU's driver may change at any time, so that it is tested at each start.
 *
 * @param code address of the worker's code, which has a hash in its name
 */
function keyOf({ featureSpaceId, plans }: FeatureExtractor, code: string): string {
  return [featureSpaceId, plans, code, navigator.userAgent].join(' ');
}

/** The test that this code has passed on wasm in this browser with this base, if it has. */
export async function passedSelfTest(
  extractor: FeatureExtractor,
): Promise<PassedSelfTest | undefined> {
  const passed = await getSetting('selfTests').catch(() => undefined);
  return passed?.[keyOf(extractor, location.pathname)];
}

/** Remembers a test on wasm; the next start of the app then leaves it out. */
export async function keepSelfTest(
  extractor: FeatureExtractor,
  passed: PassedSelfTest,
): Promise<void> {
  const key = keyOf(extractor, location.pathname);
  try {
    const others = Object.entries((await getSetting('selfTests')) ?? {});
    const newest = others.filter(([other]) => other !== key).slice(-(MAX_STORED - 1));
    await saveSettings({ selfTests: { ...Object.fromEntries(newest), [key]: passed } });
  } catch (thrown) {
    console.warn('The result of the self-test could not be stored.', thrown);
  }
}
