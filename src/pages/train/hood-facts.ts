import type { BackendName, EngineInfo, EngineMemory } from '../../learning/service.ts';
import type { FineTuningResult, ModelRecord, TrainingStage } from '../../models/record.ts';
import { duration, fileSize } from '../../ui/phrases.ts';
import { STAGE_WORDS } from './train-sentences.ts';

/** A name and its value; numbers are counts. */
export type Fact = readonly [name: string, value: string | number];

export interface HoodSection {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const BACKENDS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript',
};

/** What there is to say under the hood; nothing before the engine is ready and a model is there. */
export function hoodSections(
  info: EngineInfo | undefined,
  model: ModelRecord | undefined,
): HoodSection[] {
  return [
    ...(info ? [baseSection(info), engineSection(info)] : []),
    ...(model ? [modelSection(model)] : []),
    ...(model?.fineTuning ? [fineTuningSection(model.fineTuning)] : []),
    ...(model ? [timeSection(model)] : []),
  ];
}

/** What TensorFlow.js holds, and what that takes of the device, where it is known. */
export function memorySection({ tensors, bytes, heapBytes, gpuBytes }: EngineMemory): HoodSection {
  return {
    title: 'Memory now',
    facts: [
      ['Tensors', tensors],
      ['In them', fileSize(bytes)],
      ...(heapBytes === undefined ? [] : [['WebAssembly’s heap', fileSize(heapBytes)] as const]),
      ...(gpuBytes === undefined ? [] : [['Of the GPU', fileSize(gpuBytes)] as const]),
    ],
  };
}

/** Where the time of the training went. */
function timeSection({ seconds, stageSeconds = {} }: ModelRecord): HoodSection {
  const stages = Object.entries(stageSeconds) as [TrainingStage, number][];
  return {
    title: 'Its time',
    facts: [
      ...stages.map(([stage, spent]) => [STAGE_WORDS[stage], duration(spent)] as const),
      ['In all', duration(seconds)],
    ],
  };
}

function baseSection({ base, inputSize }: EngineInfo): HoodSection {
  return {
    title: 'The base',
    facts: [
      ['Name', base.name],
      ['Architecture', base.architecture],
      ...(base.layers === undefined ? [] : [['Layers', base.layers] as const]),
      ['Parameters', base.parameters],
      ['Features', base.featureLength],
      ['Input', `${inputSize} × ${inputSize} pixels`],
      ['Trained on', base.provenance.trainedOn],
      ['Source', base.provenance.source],
      ['Licence', `${base.licence.name}, ${base.licence.holder}`],
    ],
  };
}

function engineSection(info: EngineInfo): HoodSection {
  const { base, backend, selfTest, forward } = info.timings;
  return {
    title: 'The engine',
    facts: [
      ['Backend', BACKENDS[info.backend]],
      ['Device', info.device],
      ['Self-test', `differs by ${info.selfTestDifference.toExponential(1)} at most`],
      ...info.refused.map(
        (refused) => [`Not ${BACKENDS[refused.backend]}`, refused.reason] as const,
      ),
      ['Base loaded', milliseconds(base)],
      ['Backend ready', milliseconds(backend)],
      ['Self-tested', milliseconds(selfTest)],
      ['A picture', milliseconds(forward)],
    ],
  };
}

function modelSection(model: ModelRecord): HoodSection {
  const { preset, epochs, batchSize, learningRate, schedule, l2, dropout, seed, ...asked } =
    model.hyperparameters;
  const head = model.weights.filter(({ name }) => name.startsWith('dense/'));
  const parameters = head.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return {
    title: model.name,
    facts: [
      ['Preset', preset],
      ['Epochs', epochs],
      ['Batch size', batchSize],
      [
        'Learning rate',
        schedule === 'cosine' ? `${learningRate}, falling to 0` : String(learningRate),
      ],
      ['L2 regularisation', String(l2)],
      ['Dropout', String(dropout)],
      ['Features centred', asked.centred ? 'yes' : 'no'],
      [
        'Variants learned',
        asked.augmentation === 'fresh' ? 'a new one each epoch' : asked.variants.join(', '),
      ],
      ['Class weights', asked.classWeights ?? 'none'],
      ['Variants asked', asked.askedVariants.join(', ')],
      ['Temperature', model.temperature.toFixed(2)],
      ['Seed', String(seed)],
      ['Trainable parameters', parameters.reduce((a, b) => a + b, 0)],
      ['Weights', `SHA-256 ${model.sha256.slice(0, 16)}…`],
    ],
  };
}

function fineTuningSection(result: FineTuningResult): HoodSection {
  const { options, trainableParameters, epoch } = result;
  const { share = 1 } = options;
  return {
    title: 'Its fine-tuning',
    facts: [
      ['From layer', options.fromLayer],
      ['Trainable parameters', trainableParameters],
      ['Epochs', options.epochs],
      ['Batch size', options.batchSize],
      ['Learning rate', String(options.learningRate)],
      ['Weights of epoch', epoch],
      ['Mixed with those before', share === 1 ? 'no' : `${100 * share} %`],
      ['Kept', keptWords(result)],
    ],
  };
}

function keptWords({ kept, epoch }: FineTuningResult): string {
  if (kept) return 'yes';
  return epoch === 0 ? 'no: no epoch was better' : 'no: validation got worse';
}

function milliseconds(value: number): string {
  return `in ${new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: 'millisecond',
    maximumFractionDigits: 0,
  }).format(value)}`;
}
