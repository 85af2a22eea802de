import { msg, str } from '../../i18n/msg.ts';
import { activateBackend, PREFERENCE, type ActiveBackend } from '../backend/backends.ts';
import { createFeatureExtractor, type FeatureExtractor } from '../features/feature-extractor.ts';
import { selfTest, SELF_TEST_BATCH } from '../features/self-test.ts';
import type { BackendName, EngineInfo } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import type { LocatedBase } from '../../records/base-spec.ts';

/** What the start of a backend found out; the times are in ms. */
type BackendFacts = Pick<EngineInfo, 'backend' | 'device' | 'selfTestDifference' | 'refused'> & {
  readonly timings: Omit<EngineInfo['timings'], 'base'>;
};

/** A backend that passed the self-test, with the base built on it. */
interface SelectedBackend {
  readonly backend: ActiveBackend;
  readonly extractor: FeatureExtractor;
  readonly facts: BackendFacts;
}

/**
 * The first backend that starts and passes the self-test, with the base built on it.
 *
 * @param forced tries only this backend; undefined tries all, in the order of `PREFERENCE`
 * @param files bytes by path, as `loadBaseFiles` gives them
 * @param inputSize side of the input in pixels
 * @param onPrepared reports the fraction of the base's operations that are compiled, 0 to 1
 * @throws Problem `base` when the base cannot be read, `no-backend` when no backend passes the
 *   self-test
 */
export async function selectBackend(
  forced: BackendName | undefined,
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  onPrepared: (fraction: number) => void,
): Promise<SelectedBackend> {
  const refused: { backend: BackendName; reason: string }[] = [];
  for (const name of forced ? [forced] : PREFERENCE) {
    try {
      const started = performance.now();
      const backend = await activateBackend(name, forced !== undefined);
      const test = async (plans: boolean): Promise<SelectedBackend> => {
        const built = performance.now();
        const tested = await testedExtractor(base, files, inputSize, plans, backend, onPrepared);
        const { extractor, selfTestDifference, forward } = tested;
        const selfTest = performance.now() - built;
        const timings = { backend: built - started, selfTest, forward };
        const { device } = backend;
        const facts = { backend: name, device, selfTestDifference, refused, timings };
        return { backend, extractor, facts };
      };
      return await test(true).catch((thrown: unknown) => {
        // TensorFlow.js may compute what a plan does not.
        if (Problem.from(thrown).kind === 'self-test') return test(false);
        throw thrown;
      });
    } catch (thrown) {
      const problem = Problem.from(thrown, msg(str`The ${name} backend failed.`));
      // A base that cannot be read fails on every backend.
      if (problem.kind === 'base') throw problem;
      refused.push({ backend: name, reason: problem.detail ?? problem.message });
    }
  }
  const cause = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new Problem('no-backend', msg('No part of this device computes the model correctly.'), {
    cause,
  });
}

/**
 * Builds the extractor on the active backend and tests it.
 *
 * @returns `forward` is the time of a picture in ms
 * @throws Problem `self-test`, `gpu`, and those of `createFeatureExtractor`; the extractor is then
 *   disposed
 */
async function testedExtractor(
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  plans: boolean,
  { watch }: ActiveBackend,
  onPrepared: (fraction: number) => void,
): Promise<{ extractor: FeatureExtractor; selfTestDifference: number; forward: number }> {
  const extractor = await createFeatureExtractor(base, files, inputSize, { plans });
  try {
    await extractor.warmUp(SELF_TEST_BATCH, watch, onPrepared);
    const warm = performance.now();
    const selfTestDifference = await selfTest(extractor, watch);
    const forward = (performance.now() - warm) / SELF_TEST_BATCH;
    return { extractor, selfTestDifference, forward };
  } catch (thrown) {
    extractor.dispose();
    throw thrown;
  }
}
