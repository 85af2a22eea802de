import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { sha256 } from '../../../platform/sha256.ts';
import {
  activateOnProcessor,
  activateTensors,
  type ActiveBackend,
} from '../../backend/backends.ts';
import { baseSpaceId } from '../../features/feature-extractor.ts';
import type { ClassifierHead } from '../../model-files/classifier-head.ts';
import { goldenDifference } from '../../network/golden-check.ts';
import { specOfMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseFile, BaseSpec, GoldenFeatures } from '../../../records/base-spec.ts';
import { inspectModel } from './inspect-model.ts';
import { LIMITS } from '../../model-files/limits.ts';
import { saveOwnBase } from './own-bases.ts';
import { inputSizesOf, modeFor, specOfFacts } from './own-spec.ts';
import { artifactsOf, readAnyModel } from '../../model-files/read-any-model.ts';
import type { ModelFiles, ReadModel } from '../../model-files/read-model.ts';
import { frozenFeatures, goldenFrom, referenceFeatures } from './reference-features.ts';
import type {
  AddedBase,
  AddProgress,
  BaseAnswers,
  BaseInspection,
  BaseSource,
} from '../../../records/base-inspection.ts';

type OnProgress = (progress: AddProgress) => void;

/** The time in seconds that the cpu backend may take for golden features. */
const MAX_CPU_SECONDS = 60;
/** How many times slower than wasm the cpu backend is, roughly. */
const CPU_SLOWDOWN = 50;

/** See BaseService.inspect. @throws Problem */
export async function inspectBase(
  source: BaseSource,
  onProgress: OnProgress,
): Promise<BaseInspection> {
  await activateCpu();
  const model = await read(source, true, onProgress);
  onProgress({ stage: 'checking', progress: 0 });
  const facts = await inspectModel(model, artifactsOf(model));
  const { classifier, labels, fault } = model;
  const bytes = [...model.files.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    name: model.name,
    format: model.format,
    facts,
    bytes,
    files: model.files.size,
    mode: model.mode ?? modeFor(model, facts),
    inputSizes: inputSizesOf(facts),
    ...(classifier && {
      classifier: {
        classes: classifier.classes,
        ...(labels?.length === classifier.classes && { labels }),
        ...(labels && labels.length !== classifier.classes && { namesInstead: labels.length }),
      },
    }),
    ...(fault && { fault }),
  };
}

/** See BaseService.add. @throws Problem */
export async function addBase(
  source: BaseSource,
  answers: BaseAnswers,
  basesUrl: string,
  onProgress: OnProgress,
): Promise<AddedBase> {
  const { spec, files, head } = await examineBase(source, answers, onProgress);
  onProgress({ stage: 'saving', progress: 0 });
  await saveOwnBase(spec, files, basesUrl);
  if (!head) return { spec };
  const inputSize = spec.inputSizes[0]!;
  return { spec, classifier: { inputSize, featureSpaceId: baseSpaceId(spec, inputSize), ...head } };
}

/** A base that passed all checks, and is not stored yet. */
interface ExaminedBase {
  readonly spec: BaseSpec;
  readonly files: ModelFiles['files'];
  /** Present if the classifier was asked for and there is one. */
  readonly head?: ClassifierHead;
}

/**
 * Reads a model, makes all checks of `BaseService.add` and creates its spec. Stores nothing.
 *
 * @throws Problem as `BaseService.add`, except `quota`
 */
export async function examineBase(
  source: BaseSource,
  answers: BaseAnswers,
  onProgress: OnProgress,
): Promise<ExaminedBase> {
  const backend = await activateCpu();
  const model = await read(source, answers.asClassifier ?? false, onProgress);
  onProgress({ stage: 'checking', progress: 0 });
  const name = cleanText(answers.name) || model.name.slice(0, 40);
  const artifacts = artifactsOf(model);
  const facts = await inspectModel({ name, format: model.format }, artifacts);
  const files = await describeFiles(model);
  const unknown = msg('not stated', {
    id: 'base-not-stated',
    desc: 'what a model was trained on, or its licence',
  });
  const plan: Omit<BaseSpec, 'golden' | 'inputSizes'> = {
    // The same files with other answers are another base, because their features differ.
    id: await ownBaseId(files, answers),
    name,
    format: model.format,
    ...specOfFacts(facts),
    ...specOfMode(answers.mode),
    files,
    provenance: {
      source: 'url' in source ? msg(str`From ${source.url}.`) : msg('From files of yours.'),
      trainedOn: unknown,
    },
    licence: { name: cleanText(answers.licence ?? '') || unknown, holder: unknown },
    own: true,
  };
  const sizes = inputSizesOf(facts, requestedSize(answers));
  const { golden, goldenFrom: reference } = await goldenFeatures(
    plan,
    artifacts,
    sizes,
    backend,
    onProgress,
  );
  const spec: BaseSpec = {
    ...plan,
    golden,
    inputSizes: golden.map(({ size }) => size),
    ...(reference && { goldenFrom: reference }),
  };
  const head = model.classifier?.head;
  if (head && head.kernel.length !== facts.featureLength * head.bias.length) {
    throw new Problem('base', msg(str`The classifier of “${name}” does not fit its features.`));
  }
  return { spec, files: model.files, ...(head && { head }) };
}

function read(
  source: BaseSource,
  asClassifier: boolean,
  onProgress: OnProgress,
): Promise<ReadModel> {
  onProgress({ stage: 'reading', progress: 0 });
  const onBytes = (loaded: number, total: number) => {
    onProgress({ stage: 'reading', progress: total > 0 ? loaded / total : 1 });
  };
  return readAnyModel(source, { asClassifier, onBytes });
}

/** An unknown model first runs on the CPU, because it might crash the GPU. */
function activateCpu(): Promise<ActiveBackend> {
  tf.enableProdMode();
  return activateOnProcessor();
}

/**
 * Computes golden features for each size at which the network runs: from the unfused layers, on the
 * cpu backend or, if that would take a phone too long, on wasm. The app's own network on wasm must
 * give the same features.
 */
async function goldenFeatures(
  spec: Omit<BaseSpec, 'golden' | 'inputSizes'>,
  artifacts: tf.io.ModelArtifacts,
  sizes: readonly number[],
  backend: ActiveBackend,
  onProgress: OnProgress,
): Promise<{ golden: GoldenFeatures[]; goldenFrom?: 'wasm' }> {
  const fused = new Map<number, Float32Array>();
  let seconds = 0;
  for (const [i, size] of sizes.entries()) {
    onProgress({ stage: 'checking', progress: i / sizes.length });
    try {
      fused.set(size, await frozenFeatures(spec, artifacts, size, backend));
      const started = performance.now();
      if (fused.size === 1) await frozenFeatures(spec, artifacts, size, backend);
      seconds += ((performance.now() - started) / 1000) * (size / sizes[0]!) ** 2;
    } catch (thrown) {
      // The model only has to run at the first size, its own.
      if (i === 0) throw thrown;
    }
  }
  const computedOn =
    backend.name === 'wasm' && seconds * CPU_SLOWDOWN > MAX_CPU_SECONDS ? 'wasm' : 'cpu';
  await activateTensors(computedOn);
  const golden: GoldenFeatures[] = [];
  for (const [size, features] of fused) {
    onProgress({ stage: 'computing', progress: golden.length / fused.size });
    const reference = await referenceFeatures(spec, artifacts, size).catch((thrown: unknown) => {
      if (golden.length === 0) throw thrown;
    });
    if (!reference) continue;
    const expected = goldenFrom(reference, size);
    const difference = goldenDifference(features, expected);
    if (!(difference <= expected.tolerance)) {
      const cause = `difference ${difference} at ${size} pixels, tolerance ${expected.tolerance}`;
      throw new Problem(
        'self-test',
        msg('This device computes this model in two ways and gets two answers, so it is not used.'),
        { cause },
      );
    }
    golden.push(expected);
  }
  return { golden, ...(computedOn === 'wasm' && { goldenFrom: computedOn }) };
}

async function describeFiles({ files }: ModelFiles): Promise<BaseFile[]> {
  const described: BaseFile[] = [];
  for (const [path, bytes] of files) {
    described.push({ path, bytes: bytes.length, sha256: await sha256(bytes) });
  }
  return described;
}

/** The id of an added base: a hash of its files and of the answers that change its features. */
export async function ownBaseId(
  files: readonly Pick<BaseFile, 'sha256'>[],
  { mode, inputSize }: Pick<BaseAnswers, 'mode' | 'inputSize'>,
): Promise<string> {
  const parts = [...files.map((file) => file.sha256), mode, String(inputSize ?? '')];
  return `own-${(await sha256(new TextEncoder().encode(parts.join()))).slice(0, 16)}`;
}

function requestedSize({ inputSize }: BaseAnswers): number | undefined {
  if (inputSize === undefined) return undefined;
  const { smallestInput, largestInput } = LIMITS;
  if (Number.isInteger(inputSize) && inputSize >= smallestInput && inputSize <= largestInput) {
    return inputSize;
  }
  throw new Problem(
    'base',
    msg(
      str`The input size must be a whole number of pixels from ${smallestInput} to ${largestInput}.`,
    ),
  );
}

/** At most 40 characters, without invisible ones or those that change the direction of the text. */
function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 40);
}
