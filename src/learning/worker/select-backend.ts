import { msg } from '../../i18n/msg.ts';
import type { ActiveBackend } from '../backend/backends.ts';
import { createFeatureExtractor, type FeatureExtractor } from '../features/feature-extractor.ts';
import type { NetworkBackend } from '../network/network.ts';
import { keepSelfTest, passedSelfTest } from '../features/passed-self-tests.ts';
import { selfTest, SELF_TEST_BATCH } from '../features/self-test.ts';
import type { EngineInfo, PassedSelfTest } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import type { LocatedBase } from '../../records/base-spec.ts';
import type { BackendCandidates } from './backend-candidates.ts';

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
 * @param files bytes by path, as `loadBaseFiles` gives them
 * @param inputSize side of the input in pixels
 * @param onPrepared reports the fraction of the base's operations that are compiled, 0 to 1
 * @throws Problem `base` when the base cannot be read, `no-backend` when no backend passes the
 *   self-test
 */
export async function selectBackend(
  candidates: BackendCandidates,
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  onPrepared: (fraction: number) => void,
): Promise<SelectedBackend> {
  const { refused } = candidates;
  for (;;) {
    const candidate = await candidates.next();
    if (!candidate) break;
    const { backend, milliseconds } = candidate;
    const { name, device } = backend;
    try {
      const test = async (networks: NetworkBackend): Promise<SelectedBackend> => {
        const built = performance.now();
        const tested = await testedExtractor(base, files, inputSize, networks, backend, onPrepared);
        const { extractor, difference, forward } = tested;
        const selfTest = performance.now() - built;
        const timings = { backend: milliseconds, selfTest, forward };
        const facts = { backend: name, device, selfTestDifference: difference, refused, timings };
        return { backend, extractor, facts };
      };
      return await test(backend).catch((thrown: unknown) => {
        // TensorFlow.js may compute what a plan does not.
        const isWrongPlan = Problem.from(thrown).kind === 'self-test' && backend.plans;
        if (isWrongPlan) return test({ ...backend, plans: undefined });
        throw thrown;
      });
    } catch (thrown) {
      // A base that cannot be read fails on every backend.
      if (Problem.from(thrown).kind === 'base') throw thrown;
      candidates.refuse(name, thrown);
    }
  }
  const cause = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new Problem('no-backend', msg('No part of this device computes the model correctly.'), {
    cause,
  });
}

/**
 * Builds the extractor on the active backend and tests it, unless this code has passed the same test
 * before on wasm.
 *
 * @returns with the extractor what the test found
 * @throws Problem `self-test`, `gpu`, and those of `createFeatureExtractor`; the extractor is then
 *   disposed
 */
async function testedExtractor(
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  networks: NetworkBackend,
  { name, watch }: ActiveBackend,
  onPrepared: (fraction: number) => void,
): Promise<PassedSelfTest & { readonly extractor: FeatureExtractor }> {
  const extractor = await createFeatureExtractor(base, files, inputSize, networks);
  try {
    const before = name === 'wasm' ? await passedSelfTest(extractor) : undefined;
    if (before) return { extractor, ...before };
    await extractor.warmUp(SELF_TEST_BATCH, watch, onPrepared);
    const warm = performance.now();
    const difference = await selfTest(extractor, watch);
    const forward = (performance.now() - warm) / SELF_TEST_BATCH;
    const passed = { difference, forward };
    if (name === 'wasm') void keepSelfTest(extractor, passed);
    return { extractor, ...passed };
  } catch (thrown) {
    extractor.dispose();
    throw thrown;
  }
}
