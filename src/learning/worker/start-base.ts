import { msg, str } from '../../i18n/msg.ts';
import { activeModel } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { BaseSpec, LocatedBase } from '../../records/base-spec.ts';
import type { EngineInfo, EngineOptions } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { getSetting } from '../../storage/settings.ts';
import type { ActiveBackend } from '../backend/backends.ts';
import { chooseBase } from '../bases/choose-base.ts';
import { listBases } from '../bases/registry.ts';
import { DeviceThroughput } from '../estimate/device-throughput.ts';
import { FeaturePipeline } from './feature-pipeline.ts';
import { BackendCandidates } from './backend-candidates.ts';
import { selectBackend } from './select-backend.ts';
import type { StatusFeed } from './status-feed.ts';

/** A base that computes on a backend which passed the self-test. */
export interface RunningBase {
  readonly backend: ActiveBackend;
  readonly info: EngineInfo;
  /** Computes and stores the features of the base. */
  readonly features: FeaturePipeline;
  readonly throughput: DeviceThroughput;
}

/**
 * Starts the base that the user chose, or the default base. If a base that the user added does not
 * start, the default base starts instead, and `info.baseProblem` says why.
 *
 * @param status receives each stage: downloading, then preparing
 * @throws Problem `base` when no base can be read, `no-backend` when no backend computes it
 *   correctly
 */
export async function startBase(options: EngineOptions, status: StatusFeed): Promise<RunningBase> {
  const started = performance.now();
  // Its code and its device are not waited for.
  const candidates = new BackendCandidates(options.backend);
  const [bases, wanted] = await Promise.all([listBases(options.basesUrl), getSetting('baseId')]);
  try {
    return await startOn(candidates, bases, wanted, status, started);
  } catch (thrown) {
    const { spec } = bases.find((base) => base.spec.id === wanted) ?? bases[0]!;
    if (!spec.own) throw thrown;
    const again = new BackendCandidates(options.backend);
    const running = await startOn(again, bases, undefined, status);
    const baseProblem = new Problem(
      'base',
      msg(
        str`Your base model “${spec.name}” does not work here any more. Remove it in Settings, or choose another.`,
      ),
      { cause: Problem.from(thrown).detail },
    ).toData();
    return { ...running, info: { ...running.info, baseProblem } };
  }
}

/**
 * @param wanted id of a base; undefined for the default base
 * @param started when the start began, in ms
 */
async function startOn(
  candidates: BackendCandidates,
  bases: readonly LocatedBase[],
  wanted: string | undefined,
  status: StatusFeed,
  started = performance.now(),
): Promise<RunningBase> {
  status.update({ phase: 'downloading', progress: 0 });
  const sizes = Promise.all([getSetting('inputSize'), activeModel()]);
  // Awaited below; this handler only prevents an unhandled rejection until then.
  sizes.catch(() => undefined);
  const {
    base: located,
    files,
    problem,
  } = await chooseBase(bases, wanted, (loaded, total) => {
    const progress = total > 0 ? loaded / total : 1;
    status.update({ phase: 'downloading', progress, download: { loaded, total } });
  });
  const baseTime = performance.now() - started;
  status.update({ phase: 'preparing', progress: 0, download: undefined });

  const { spec } = located;
  const inputSize = inputSizeOf(spec, ...(await sizes));
  const { backend, extractor, facts } = await selectBackend(
    candidates,
    located,
    files.bytes,
    inputSize,
    (fraction) => {
      status.update({ phase: 'preparing', progress: fraction });
    },
  );
  const forwardSeconds = facts.timings.forward / 1000;
  const throughput = await DeviceThroughput.load(
    extractor.featureSpaceId,
    backend.name,
    forwardSeconds,
  );
  const onProgress = () => {
    const { pending, unreadable } = features.queue;
    status.update({ pendingPhotos: pending, unreadablePhotos: [...unreadable] });
  };
  const features = new FeaturePipeline(extractor, backend, onProgress, throughput);
  const info: EngineInfo = {
    ...facts,
    base: spec,
    inputSize,
    featureSpaceId: extractor.featureSpaceId,
    baseStored: files.stored,
    bases: bases.map((each) => each.spec),
    ...(problem && { baseProblem: problem.toData() }),
    timings: { base: baseTime, ...facts.timings },
  };
  return { backend, info, features, throughput };
}

/** The input size that the user chose, else that of the active model, else the base's default. */
function inputSizeOf(
  { id, inputSizes }: BaseSpec,
  chosen: number | undefined,
  active: ModelRecord | undefined,
): number {
  const wanted = [chosen, active?.base.id === id ? active.base.inputSize : undefined];
  return wanted.find((size) => size !== undefined && inputSizes.includes(size)) ?? inputSizes[0]!;
}
