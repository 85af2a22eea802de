import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { sha256 } from '../../../platform/sha256.ts';
import { activateBackend } from '../../backend/backends.ts';
import { goldenDifference } from '../../network/golden-check.ts';
import { modelArtifacts } from '../../model-files/model-artifacts.ts';
import { specOfMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseFile, BaseSpec, GoldenFeatures } from '../../../records/base-spec.ts';
import { inspectModel } from './inspect-model.ts';
import { LIMITS } from '../../model-files/limits.ts';
import { modelSource } from '../../model-files/model-sources.ts';
import { saveOwnBase } from './own-bases.ts';
import { inputSizesOf, modeFor, specOfFacts } from './own-spec.ts';
import { readModel, type ModelFiles } from '../../model-files/read-model.ts';
import { frozenFeatures, goldenFrom, referenceFeatures } from './reference-features.ts';
import type {
  AddProgress,
  BaseAnswers,
  BaseInspection,
  BaseSource,
} from '../../../records/base-inspection.ts';

type OnProgress = (progress: AddProgress) => void;

/** How long the cpu backend may take for golden features, and how much slower than wasm it is. */
const CPU_SECONDS = 60;
const CPU_SLOWER = 50;

/** See BaseService.inspect. */
export async function inspectBase(
  source: BaseSource,
  onProgress: OnProgress,
): Promise<BaseInspection> {
  const model = await read(source, onProgress);
  onProgress({ stage: 'checking', progress: 0 });
  await activateReader();
  const facts = await inspectModel(model, await artifactsOf(model));
  const bytes = [...model.files.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    name: model.name,
    format: model.format,
    facts,
    bytes,
    files: model.files.size,
    mode: modeFor(model, facts),
    inputSizes: inputSizesOf(facts),
  };
}

/** See BaseService.add. */
export async function addBase(
  source: BaseSource,
  answers: BaseAnswers,
  basesUrl: string,
  onProgress: OnProgress,
): Promise<BaseSpec> {
  const { spec, files } = await examineBase(source, answers, onProgress);
  onProgress({ stage: 'saving', progress: 0 });
  await saveOwnBase(spec, files, basesUrl);
  return spec;
}

/** Reads a model and makes its spec, having checked all that a base is checked for. @throws Problem */
export async function examineBase(
  source: BaseSource,
  answers: BaseAnswers,
  onProgress: OnProgress,
): Promise<{ readonly spec: BaseSpec; readonly files: ModelFiles['files'] }> {
  const model = await read(source, onProgress);
  onProgress({ stage: 'checking', progress: 0 });
  const backend = await activateReader();
  const name = cleanText(answers.name) || model.name.slice(0, 40);
  const artifacts = await artifactsOf(model);
  const facts = await inspectModel({ name, format: model.format }, artifacts);
  const files = await describe(model);
  const unknown = msg('not stated', {
    id: 'base-not-stated',
    desc: 'what a model was trained on, or its licence',
  });
  const plan: Omit<BaseSpec, 'golden' | 'inputSizes'> = {
    // The same files with other answers are another base: their features are others.
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
  const sizes = inputSizesOf(facts, sizeAsked(answers));
  const { golden, goldenFrom: reference } = await goldens(
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
  return { spec, files: model.files };
}

function read(source: BaseSource, onProgress: OnProgress): Promise<ModelFiles> {
  onProgress({ stage: 'reading', progress: 0 });
  return readModel(modelSource(source), (loaded, total) => {
    onProgress({ stage: 'reading', progress: total > 0 ? loaded / total : 1 });
  });
}

/** What is tried first with a model nobody knows runs on the CPU: a GPU can be lost to it. */
async function activateReader(): Promise<'wasm' | 'cpu'> {
  tf.enableProdMode();
  try {
    await activateBackend('wasm', true);
    return 'wasm';
  } catch {
    await activateBackend('cpu', true);
    return 'cpu';
  }
}

function artifactsOf({ name, files }: ModelFiles): Promise<tf.io.ModelArtifacts> {
  const paths = Array.from(files.keys(), (path) => ({ path }));
  const buffers = new Map(Array.from(files, ([path, { buffer }]) => [path, buffer]));
  return modelArtifacts({ name, files: paths }, buffers);
}

/**
 * Golden features for each size at which the network runs, computed by the cpu backend from the layers
 * as they are; by wasm, likewise unfused, where that would take a phone too long. The app's own network
 * must give the same on wasm.
 */
async function goldens(
  spec: Omit<BaseSpec, 'golden' | 'inputSizes'>,
  artifacts: tf.io.ModelArtifacts,
  sizes: readonly number[],
  backend: 'wasm' | 'cpu',
  onProgress: OnProgress,
): Promise<{ golden: GoldenFeatures[]; goldenFrom?: 'wasm' }> {
  const fused = new Map<number, Float32Array>();
  let seconds = 0;
  for (const [i, size] of sizes.entries()) {
    onProgress({ stage: 'checking', progress: i / sizes.length });
    try {
      fused.set(size, await frozenFeatures(spec, artifacts, size));
      const started = performance.now();
      if (fused.size === 1) await frozenFeatures(spec, artifacts, size);
      seconds += ((performance.now() - started) / 1000) * (size / sizes[0]!) ** 2;
    } catch (thrown) {
      // It need not run at a size that it was not made for.
      if (i === 0) throw thrown;
    }
  }
  const reference = backend === 'wasm' && seconds * CPU_SLOWER > CPU_SECONDS ? 'wasm' : 'cpu';
  await activateBackend(reference, true);
  const golden: GoldenFeatures[] = [];
  for (const [size, found] of fused) {
    onProgress({ stage: 'computing', progress: golden.length / fused.size });
    const figures = goldenFrom(await referenceFeatures(spec, artifacts, size), size);
    const difference = goldenDifference(found, figures);
    if (!(difference <= figures.tolerance)) {
      const cause = `difference ${difference} at ${size} pixels, tolerance ${figures.tolerance}`;
      throw new Problem(
        'self-test',
        msg('This device computes this model in two ways and gets two answers, so it is not used.'),
        { cause },
      );
    }
    golden.push(figures);
  }
  return { golden, ...(reference === 'wasm' && { goldenFrom: reference }) };
}

async function describe({ files }: ModelFiles): Promise<BaseFile[]> {
  const described: BaseFile[] = [];
  for (const [path, bytes] of files) {
    described.push({ path, bytes: bytes.length, sha256: await sha256(bytes) });
  }
  return described;
}

/** The name that files get together with what was said of them. */
export async function ownBaseId(
  files: readonly Pick<BaseFile, 'sha256'>[],
  { mode, inputSize }: Pick<BaseAnswers, 'mode' | 'inputSize'>,
): Promise<string> {
  const parts = [...files.map((file) => file.sha256), mode, String(inputSize ?? '')];
  return `own-${(await sha256(new TextEncoder().encode(parts.join()))).slice(0, 16)}`;
}

function sizeAsked({ inputSize }: BaseAnswers): number | undefined {
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

/** At most 40 characters, none that hides or turns the text around it. */
function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 40);
}
