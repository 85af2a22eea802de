import type { Page } from '@playwright/test';
import { addTrainedLibrary, expect, test } from '../browser/harness-test.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { exportAndUnpack, type Unpacked } from './exported.ts';
import { openReader } from './reader-page.ts';

/** The globals of the readers’ scripts. */
interface ReaderWindow {
  tf: typeof import('@tensorflow/tfjs');
  tmImage: {
    load(
      model: string,
      metadata: string,
    ): Promise<{
      predict(image: HTMLImageElement): Promise<{ className: string; probability: number }[]>;
    }>;
  };
}
declare const window: ReaderWindow & typeof globalThis;

const TF = 'node_modules/@tensorflow/tfjs/dist/tf.min.js';
const TM = 'node_modules/@teachablemachine/image/dist/teachablemachine-image.min.js';

function expectGolden({ golden }: Unpacked, answers: readonly (readonly number[])[]): void {
  expect(answers).toHaveLength(golden.pictures.length);
  golden.pictures.forEach(({ probabilities }, i) => {
    const differences = probabilities.map((p, c) => Math.abs(p - answers[i]![c]!));
    expect(Math.max(...differences)).toBeLessThan(golden.tolerance);
  });
}

async function exportOf(page: Page, format: 'tfjs' | 'teachable-machine'): Promise<Unpacked> {
  const { id } = await addTrainedLibrary(page, TINY_BASES);
  return exportAndUnpack(page, id, format);
}

test('plain TensorFlow.js in a page reads the LayersModel', async ({ page, browser }) => {
  const exported = await exportOf(page, 'tfjs');
  const { golden, files, progress } = exported;
  expect([...files.keys()].sort()).toEqual([
    ...[
      'golden-1.png',
      'golden-2.png',
      'golden.json',
      'model-card.md',
      'model.json',
      'weights.bin',
    ],
  ]);
  expect(progress.at(-1)).toBe(1);
  expect(exported.name).toMatch(/-tfjs\.zip$/);
  const reader = await openReader(browser, [TF], files);
  const { answers, names } = await reader.evaluate(async (pictures) => {
    const { tf } = window;
    await tf.setBackend('cpu');
    const model = await tf.loadLayersModel('model.json');
    const answers: number[][] = [];
    for (const { file } of pictures) {
      const image = new Image();
      image.src = file;
      await image.decode();
      const x = tf.browser.fromPixels(image).div(127.5).sub(1).expandDims();
      answers.push([...(model.predict(x) as import('@tensorflow/tfjs').Tensor).dataSync()]);
    }
    return { answers, names: model.layers.map(({ name }) => name) };
  }, golden.pictures);
  expectGolden(exported, answers);
  expect(names).toEqual(
    expect.arrayContaining(['Conv1', 'bn_Conv1', 'Conv_1', 'global_average_pooling2d', 'dense']),
  );
  await reader.close();
});

test('Teachable Machine’s package reads its model, with the labels', async ({ page, browser }) => {
  const exported = await exportOf(page, 'teachable-machine');
  const { golden, files } = exported;
  const reader = await openReader(browser, [TF, TM], files);
  const answers = await reader.evaluate(async (pictures) => {
    await window.tf.setBackend('cpu');
    const model = await window.tmImage.load('model.json', 'metadata.json');
    const answers: { className: string; probability: number }[][] = [];
    for (const { file } of pictures) {
      const image = new Image();
      image.src = file;
      await image.decode();
      answers.push(await model.predict(image));
    }
    return answers;
  }, golden.pictures);
  expect(answers[0]!.map(({ className }) => className)).toEqual(golden.labels);
  expectGolden(
    exported,
    answers.map((each) => each.map(({ probability }) => probability)),
  );
  await reader.close();
});

test('the model card tells of photos, figures, base and licence; nothing else goes along', async ({
  page,
}) => {
  const { card, files, golden } = await exportOf(page, 'tfjs');
  for (const label of golden.labels) expect(card).toContain(`| ${label} |`);
  expect(card).toContain('95 % confidence interval');
  expect(card).toContain('Random weights, seed 1');
  expect(card).toContain('Apache-2.0');
  expect(card).toMatch(/\| class \| training \| validation \| test \|/);
  expect([...files.keys()].filter((path) => /\.(jpe?g|webp)$/.test(path))).toEqual([]);
});
