import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { BackendName, EngineInfo, EngineMemory } from '../../records/engine.ts';
import type { FineTuningResult, ModelRecord, TrainingStage } from '../../records/model.ts';
import type { Prior, PriorChoice } from '../../records/prior.ts';
import { duration, fileSize, percent } from '../../ui/phrases.ts';
import { PRESET_WORDS, STAGE_WORDS } from './train-sentences.ts';

/** A name and its value; a value that is a number is a count. */
export type Fact = readonly [name: string, value: string | number];

/** A titled group of facts. */
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

/**
 * The sections of "Under the hood" about the engine, if it is ready, and the model, if there is
 * one.
 *
 * @param now what the engine uses, while that is asked for
 */
export function hoodSections(
  info: EngineInfo | undefined,
  model: ModelRecord | undefined,
  now?: EngineMemory,
): HoodSection[] {
  return [
    ...(info ? [baseSection(info), engineSection(info, now?.gpuMilliseconds)] : []),
    ...(model ? [modelSection(model)] : []),
    ...(model?.priorChoice ? [knowledgeSection(model.priorChoice, model.prior)] : []),
    ...(model?.further || model?.furtherChoice ? [readSection(model)] : []),
    ...(model?.fineTuning ? [fineTuningSection(model.fineTuning)] : []),
    ...(model ? [timeSection(model)] : []),
  ];
}

/** The tensors of TensorFlow.js, and the other memory and the threads, as far as they are known. */
export function memorySection({ tensors, bytes, ...more }: EngineMemory): HoodSection {
  const { heapBytes, planBytes, threads, gpuBytes } = more;
  return {
    title: msg('Memory now'),
    facts: [
      [msg('Tensors'), tensors],
      [msg('In them'), fileSize(bytes)],
      ...(heapBytes === undefined
        ? []
        : [[msg('WebAssembly’s heap'), fileSize(heapBytes)] as const]),
      ...(planBytes === undefined ? [] : [[msg('Of the network'), fileSize(planBytes)] as const]),
      ...(threads === undefined ? [] : [[msg('Threads of the network'), threads] as const]),
      ...(gpuBytes === undefined ? [] : [[msg('Of the GPU'), fileSize(gpuBytes)] as const]),
    ],
  };
}

/** The time of each stage of the training. */
function timeSection({ seconds, stageSeconds = {} }: ModelRecord): HoodSection {
  const stages = Object.entries(stageSeconds) as [TrainingStage, number][];
  return {
    title: msg('Its time'),
    facts: [
      ...stages.map(([stage, spent]) => [STAGE_WORDS[stage], duration(spent)] as const),
      [msg('In all'), duration(seconds)],
    ],
  };
}

function baseSection({ base, inputSize }: EngineInfo): HoodSection {
  return {
    title: msg('The base'),
    facts: [
      [msg('Name'), base.name],
      [msg('Architecture'), base.architecture],
      ...(base.layers === undefined ? [] : [[msg('Layers'), base.layers] as const]),
      [msg('Parameters'), base.parameters],
      [msg('Features'), base.featureLength],
      [msg('Input'), msg(str`${inputSize} × ${inputSize} pixels`)],
      [msg('Trained on'), base.provenance.trainedOn],
      [msg('Source'), base.provenance.source],
      [msg('Licence'), `${base.licence.name}, ${base.licence.holder}`],
    ],
  };
}

/** @param gpuTime of a picture, in ms */
function engineSection(info: EngineInfo, gpuTime: number | undefined): HoodSection {
  const { base, backend, selfTest, forward } = info.timings;
  const difference = info.selfTestDifference.toExponential(1);
  return {
    title: msg('The engine'),
    facts: [
      [msg('Backend'), backendWords(BACKENDS[info.backend], gpuTime)],
      [msg('Device'), info.device],
      [msg('Self-test'), msg(str`differs by ${difference} at most`)],
      ...info.refused.map(
        (refused) => [notWords(BACKENDS[refused.backend]), refused.reason] as const,
      ),
      [msg('Base loaded'), milliseconds(base)],
      [msg('Backend ready'), milliseconds(backend)],
      [msg('Self-tested'), milliseconds(selfTest)],
      [msg('A picture'), milliseconds(forward)],
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
      [msg('Preset'), presetWords(preset)],
      [msg('Epochs'), epochs],
      [msg('Batch size'), batchSize],
      [
        msg('Learning rate'),
        schedule === 'cosine' ? msg(str`${learningRate}, falling to 0`) : String(learningRate),
      ],
      [msg('L2 regularisation'), String(Number(l2.toPrecision(3)))],
      [msg('Dropout'), String(dropout)],
      [msg('Features centred'), asked.centred ? msg('yes') : msg('no')],
      [
        msg('Variants learned'),
        asked.augmentation === 'fresh' ? msg('a new one each epoch') : asked.variants.join(', '),
      ],
      [
        msg('Class weights'),
        asked.classWeights ? msg('balanced') : msg('none', { id: 'no-class-weights' }),
      ],
      [msg('Variants asked'), asked.askedVariants.join(', ')],
      [msg('Temperature'), model.temperature.toFixed(2)],
      [msg('Seed'), String(seed)],
      [msg('Trainable parameters'), parameters.reduce((a, b) => a + b, 0)],
      [msg('Weights'), `SHA-256 ${model.sha256.slice(0, 16)}…`],
    ],
  };
}

/** How far the training photos agree with what the base knows. */
function knowledgeSection({ trials, count }: PriorChoice, prior: Prior | undefined): HoodSection {
  const losses = trials.map(({ strength, loss }) => `${strength}: ${loss.toFixed(3)}`);
  return {
    title: msg('What the base knows'),
    facts: [
      [
        msg('Strength'),
        prior ? String(prior.strength) : msg('none: the training photos speak against it'),
      ],
      [msg('Loss by strength'), losses.join(' · ')],
      [msg('Photos compared'), count],
    ],
  };
}

/** Whether the head reads an earlier layer too, and why. */
function readSection({ further, furtherChoice }: ModelRecord): HoodSection {
  const losses = [furtherChoice?.alone, furtherChoice?.together].filter(
    (each) => each !== undefined,
  );
  return {
    title: msg('What the head reads'),
    facts: [
      [
        msg('Features'),
        further
          ? msg(
              'Those of the last layer, and those of an earlier layer that sees colours and patterns. They helped with photos that it had not learned from.',
            )
          : msg(
              'Those of the last layer alone. Those of an earlier layer did not help enough with photos that it had not learned from.',
            ),
      ],
      ...(further ? [[msg('Earlier layer'), further.layer] as const] : []),
      ...(furtherChoice
        ? [
            [
              msg('Loss without and with them'),
              losses.map((loss) => loss.toFixed(3)).join(' · '),
            ] as const,
            [msg('Photos compared'), furtherChoice.count] as const,
          ]
        : []),
    ],
  };
}

function fineTuningSection(result: FineTuningResult): HoodSection {
  const { options, trainableParameters, epoch } = result;
  const { alpha = 1 } = options;
  return {
    title: msg('Its fine-tuning'),
    facts: [
      [msg('From layer'), options.fromLayer],
      [msg('Trainable parameters'), trainableParameters],
      [msg('Epochs'), options.epochs],
      [msg('Batch size'), options.batchSize],
      [msg('Learning rate'), String(options.learningRate)],
      [msg('Weights of epoch'), epoch],
      [msg('Mixed with those before'), alpha === 1 ? msg('no') : percent(alpha)],
      [msg('Kept', { id: 'tuning-kept' }), keptWords(result)],
    ],
  };
}

/** Label of a preset; an imported model may have a preset of an unknown name. */
function presetWords(preset: string): string {
  const words: Readonly<Record<string, { title: string } | undefined>> = PRESET_WORDS;
  return words[preset]?.title ?? preset;
}

function notWords(backend: string): string {
  return msg(str`Not ${backend}`, { id: 'not-backend', desc: 'Not WebGPU, for this reason: …' });
}

function keptWords({ kept, epoch }: FineTuningResult): string {
  if (kept) return msg('yes');
  return epoch === 0 ? msg('no: no epoch was better') : msg('no: validation got worse');
}

function backendWords(name: string, gpuTime: number | undefined): string {
  if (gpuTime === undefined) return name;
  const time = inMilliseconds(gpuTime, 1);
  return msg(str`${name}: ${time} a picture by the GPU’s clock`, {
    id: 'gpu-time',
    desc: 'WebGPU: 3.1 ms a picture by the GPU’s clock',
  });
}

function inMilliseconds(value: number, maximumFractionDigits: number): string {
  const unit = { style: 'unit', unit: 'millisecond', maximumFractionDigits } as const;
  return new Intl.NumberFormat(intlTag(), unit).format(value);
}

function milliseconds(value: number): string {
  const time = inMilliseconds(value, 0);
  return msg(str`in ${time}`, { id: 'took-time', desc: 'in 12 ms' });
}
