import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness-test.ts';
import { exportAndUnpack, type Unpacked } from './exported.ts';
import { realModel, TINY_MODELS, type InteropModel } from './interop-models.ts';
import { IS_LIMITED, isOver, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';

/** What scripts/interop/read_export.py prints of a reader. */
interface PythonAnswers {
  readonly probabilities: readonly (readonly number[])[];
  readonly novelty?: readonly number[];
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly labels?: readonly string[];
}

/** Formats, their readers, and names that these must tell. */
const FORMATS = {
  keras: {
    readers: ['Keras 3', 'tf_keras 2'],
    names: [
      'Conv1',
      'bn_Conv1',
      'block_1_depthwise',
      'Conv_1',
      'global_average_pooling2d',
      'dense',
    ],
    shape: (size: number) => [size, size, 3],
    // The mirror image is left out, so the app's own answers differ a little.
    mirrored: false,
  },
  onnx: {
    readers: ['onnx and ONNX Runtime'],
    names: ['probabilities', 'novelty'],
    shape: (size: number) => [3, size, size],
    mirrored: true,
  },
  tflite: {
    readers: ['LiteRT'],
    names: ['image', 'probabilities'],
    shape: (size: number) => [size, size, 3],
    mirrored: true,
  },
} as const;

type Format = keyof typeof FORMATS;

async function readInPython(
  exports: ReadonlyMap<Format, Unpacked>,
): Promise<Record<Format, Record<string, PythonAnswers>>> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-interop-'));
  try {
    const args: string[] = [];
    for (const [format, { files }] of exports) {
      const own = join(folder, format);
      await mkdir(own);
      for (const [path, bytes] of files) await writeFile(join(own, path), bytes);
      args.push(`${format}=${own}`);
    }
    return await runPython('scripts/interop/read_export.py', args);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function expectAnswers({ golden }: Unpacked, answer: PythonAnswers, format: Format): void {
  const { names, shape, mirrored } = FORMATS[format];
  expect(answer.names).toEqual(expect.arrayContaining([...names]));
  expect(answer.shape).toEqual(shape(golden.size));
  if (answer.labels) expect(answer.labels).toEqual(golden.labels);
  expect(golden.tolerance).toBe(format === 'tflite' ? 1e-2 : 1e-4);
  golden.pictures.forEach(({ probabilities, appProbabilities, novelty }, i) => {
    const given = answer.probabilities[i]!;
    const expected = mirrored ? appProbabilities : probabilities;
    const differences = expected.map((p, c) => Math.abs(p - given[c]!));
    expect(Math.max(...differences)).toBeLessThan(golden.tolerance);
    const best = (values: readonly number[]) => values.indexOf(Math.max(...values));
    expect(best(given)).toBe(best(expected));
    if (answer.novelty) expect(answer.novelty[i]).toBeCloseTo(novelty, 2);
  });
}

test.describe('readers in Python', () => {
  test.skip(PYTHON === undefined, WITHOUT_PYTHON);

  async function expectReaders(
    page: Page,
    { id, bases }: InteropModel,
    formats: readonly Format[],
  ): Promise<void> {
    const exports = new Map<Format, Unpacked>();
    for (const format of formats) {
      exports.set(format, await exportAndUnpack(page, id, format, bases));
    }
    const answers = await readInPython(exports);
    for (const [format, exported] of exports) {
      expect(Object.keys(answers[format])).toEqual(FORMATS[format].readers);
      for (const answer of Object.values(answers[format])) expectAnswers(exported, answer, format);
    }
  }

  const formats = Object.keys(FORMATS) as Format[];
  for (const [name, make] of Object.entries(TINY_MODELS)) {
    test(`Keras 3, tf_keras 2, ONNX Runtime and LiteRT answer as ${name} does`, async ({
      page,
      served,
    }) => {
      test.skip(isOver(), NO_TIME);
      await expectReaders(page, await make(page, served), formats);
    });
  }

  for (const format of formats) {
    const readers = FORMATS[format].readers.join(' and ');
    test(`${readers}: the default base, with what it knows`, async ({ page, served }) => {
      test.skip(IS_LIMITED, NO_TIME);
      // The app checks what it wrote in plain JavaScript, at the full size.
      await expectReaders(page, await realModel(page, served), [format]);
    });
  }
});
