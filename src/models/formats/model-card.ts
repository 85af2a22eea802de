import { isTuned } from '../is-tuned.ts';
import type { AnswerPart } from '../../records/export.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { Prior } from '../../records/prior.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { ExportedFile } from './exported-file.ts';

/** Photos of one class in each split. */
export interface PhotoCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** What a model card tells. */
export interface CardFacts {
  readonly model: ModelRecord;
  /** Names of the classes, in the order of the outputs. */
  readonly labels: readonly string[];
  readonly base: Pick<BaseSpec, 'name' | 'architecture' | 'provenance' | 'licence'>;
  /** In the order of `labels`; photos that were deleted since the training are not in it. */
  readonly photos: readonly PhotoCounts[];
  readonly omits: readonly AnswerPart[];
  readonly appVersion: string;
  /** How the model of this format is opened: Markdown. */
  readonly usage: string;
}

/**
 * The model card (Mitchell et al. 2019, arXiv:1810.03993), Markdown. It is in English whatever the
 * app's language is: it goes to other people and their programs.
 */
export function modelCard(facts: CardFacts): ExportedFile {
  const { model, base, labels } = facts;
  const sections = [
    `# ${inline(model.name)}`,
    `An image classifier: ${labels.map(inline).join(', ')}. ${model.imported ? 'Brought into' : 'Trained on a phone with'} Purrceptron ${facts.appVersion}, ${date(model.createdAt)}.`,
    `## How to use it\n\n${facts.usage}`,
    `Input: RGB, ${model.base.inputSize} x ${model.base.inputSize} pixels, the centre square of a picture, each pixel value p as p / 127.5 - 1. Output: one probability for each class, in the order above. \`golden.json\` lists pictures and the exact answers to them.`,
    answers(facts),
    model.imported ? '' : `## Photos\n\n${photoTable(facts)}`,
    model.imported ? '' : `## Test\n\n${testResult(facts)}`,
    `## Training\n\n${training(model)}`,
    `## Base model\n\n${inline(base.name)} (${inline(base.architecture)}). ${inline(base.provenance.source)} Trained on ${inline(base.provenance.trainedOn)}. Licence: ${inline(base.licence.name)}, ${inline(base.licence.holder)}.`,
    `## Limits\n\n${model.imported ? '' : 'It was taught with few photos of few things. '}It gives one of its classes to every picture, also to what it never saw. ${model.imported ? 'Test it with photos of your own.' : 'The figures above say how it does on photos like those that it was tested with, not on others.'}`,
  ];
  const text = `${sections.filter((section) => section !== '').join('\n\n')}\n`;
  return { path: 'model-card.md', bytes: new TextEncoder().encode(text) };
}

function answers({ model, labels, omits }: CardFacts): string {
  const mirrored = model.hyperparameters.askedVariants.includes('flip');
  const lines = [
    `- Temperature: the calibration (${model.temperature.toFixed(3)}) is part of the weights.`,
    ...(mirrored
      ? [
          omits.includes('mirror')
            ? '- Mirror image: the app averages the features of a picture and of its mirror image; this file looks at the picture once. Its answers differ a little from the app’s.'
            : '- Mirror image: the features of a picture and of its mirror image are averaged, as in the app.',
        ]
      : []),
    ...(model.prior ? [priorLine(model.prior, labels)] : []),
    ...(model.further
      ? [
          `- An earlier layer: the head reads the mean of the layer ${inline(model.further.layer)} too, as in the app.`,
        ]
      : []),
    model.imported
      ? '- “Not sure”: nobody knows what it was trained with, so neither the app nor this file can say when a picture is unlike that.'
      : omits.includes('not-sure')
        ? '- “Not sure”: the app says so when a picture is unlike the training photos; this file does not know that.'
        : '- “Not sure”: `novelty` above 1 means that a picture is unlike the training photos; the app then says “not sure”.',
  ];
  return `## What of the app’s answer it computes\n\n${lines.join('\n')}`;
}

/** What the base's own classes add; every format computes it. */
function priorLine({ classes, strength }: Prior, labels: readonly string[]): string {
  const matched = labels.flatMap((label, i) => {
    const known = classes[i];
    return known ? [`${inline(label)} (${inline(known.id)})`] : [];
  });
  return `- What the base knew before: the logits of its own classes for ${matched.join(', ')}, times ${strength}, are added to those of the head, as in the app.`;
}

function photoTable({ labels, photos, model }: CardFacts): string {
  const rows = labels.map((label, c) => {
    const { train, validation, test } = photos[c]!;
    return [label, train, validation, test];
  });
  const { train, validation, test } = model.photoIds;
  const all = ['all at the training', train.length, validation.length, test.length];
  return table(['class', 'training', 'validation', 'test'], [...rows, all]);
}

function testResult({ model: { test }, labels }: CardFacts): string {
  if (!test || test.count === 0) return 'Not tested: no photo was on the test side.';
  const { low, high } = wilsonInterval(test.correct, test.count);
  const figures = [
    `${test.correct} of ${test.count} test photos right: accuracy ${percent(test.correct / test.count)}, 95 % confidence interval ${percent(low)} to ${percent(high)} (Wilson).`,
    `Cross-entropy ${test.loss.toFixed(3)}, expected calibration error ${percent(test.calibrationError)}.`,
  ];
  const matrix = table(
    ['true \\ predicted', ...labels],
    labels.map((label, truth) => [label, ...(test.confusion[truth] ?? [])]),
  );
  return `${figures.join(' ')} These are figures of the app’s own answers.\n\n${matrix}`;
}

function training(model: ModelRecord): string {
  const { hyperparameters, fineTuning, imported } = model;
  if (imported) return 'It was trained elsewhere and brought into the app as a file.';
  const { preset, epochs, batchSize, learningRate, seed } = hyperparameters;
  const head = `Preset “${inline(preset)}”: the head for ${epochs} epochs, batches of ${batchSize}, learning rate ${learningRate}, seed ${seed}.`;
  if (!fineTuning || !isTuned(model)) return `${head} The base is frozen.`;
  const { fromLayer, epochs: tuned } = fineTuning.options;
  return `${head} Then the base from the layer \`${fromLayer}\` on, for ${tuned} epochs.`;
}

function table(
  head: readonly (string | number)[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => inline(String(cell))).join(' | ')} |`;
  const rule = `|${head.map((_, i) => (i === 0 ? ' --- ' : ' ---: ')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A name that a person typed, without effect on the Markdown around it. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function date(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
