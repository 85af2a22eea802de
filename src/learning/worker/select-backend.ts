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
    let extractor: FeatureExtractor | undefined;
    try {
      const started = performance.now();
      const backend = await activateBackend(name, forced !== undefined);
      extractor = await createFeatureExtractor(base, files, inputSize);
      const built = performance.now();
      await extractor.warmUp(SELF_TEST_BATCH, backend.watch, onPrepared);
      const warm = performance.now();
      const selfTestDifference = await selfTest(extractor, backend.watch);
      const tested = performance.now();
      const timings = {
        backend: built - started,
        selfTest: tested - built,
        forward: (tested - warm) / SELF_TEST_BATCH,
      };
      const facts: BackendFacts = {
        backend: name,
        device: backend.device,
        selfTestDifference,
        refused,
        timings,
      };
      return { backend, extractor, facts };
    } catch (thrown) {
      extractor?.dispose();
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
