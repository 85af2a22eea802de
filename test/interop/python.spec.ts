import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExportFormat } from '../../src/records/export.ts';
import { addTrainedLibrary, expect, test } from '../browser/harness-test.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { exportAndUnpack, type Unpacked } from './exported.ts';

const execute = promisify(execFile);
const PYTHON = process.env['INTEROP_PYTHON'];

/** What scripts/interop/read_export.py prints of a reader. */
interface PythonAnswers {
  readonly probabilities: readonly (readonly number[])[];
  readonly novelty?: readonly number[];
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly labels?: readonly string[];
}

async function readInPython(
  format: ExportFormat,
  { files }: Unpacked,
): Promise<Readonly<Record<string, PythonAnswers>>> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-interop-'));
  try {
    await mkdir(folder, { recursive: true });
    for (const [path, bytes] of files) await writeFile(join(folder, path), bytes);
    const script = 'scripts/interop/read_export.py';
    const { stdout } = await execute(PYTHON!, [script, format, folder], { maxBuffer: 1e8 });
    return (
      JSON.parse(stdout.trim().split('\n').at(-1)!) as { readers: Record<string, PythonAnswers> }
    ).readers;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.describe('readers in Python', () => {
  test.skip(PYTHON === undefined, 'without Python: `npm run test:interop` makes its environment');

  /** Formats, their readers, and names that these must tell. */
  const READERS = {
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
    },
    onnx: {
      readers: ['onnx and ONNX Runtime'],
      names: ['probabilities', 'novelty'],
      shape: (size: number) => [3, size, size],
    },
    tflite: {
      readers: ['LiteRT'],
      names: ['image', 'probabilities'],
      shape: (size: number) => [size, size, 3],
    },
  } as const;

  for (const [format, { readers, names, shape }] of Object.entries(READERS)) {
    test(`${readers.join(' and ')} open the ${format} export`, async ({ page }) => {
      const { id } = await addTrainedLibrary(page, TINY_BASES);
      const exported = await exportAndUnpack(page, id, format as ExportFormat);
      const { golden } = exported;
      const answers = await readInPython(format as ExportFormat, exported);
      expect(Object.keys(answers)).toEqual(readers);
      for (const answer of Object.values(answers)) {
        expect(answer.names).toEqual(expect.arrayContaining([...names]));
        expect(answer.shape).toEqual(shape(golden.size));
        if (answer.labels) expect(answer.labels).toEqual(golden.labels);
        golden.pictures.forEach(({ probabilities, novelty }, i) => {
          const given = answer.probabilities[i]!;
          const differences = probabilities.map((p, c) => Math.abs(p - given[c]!));
          expect(Math.max(...differences)).toBeLessThan(golden.tolerance);
          if (answer.novelty) expect(answer.novelty[i]).toBeCloseTo(novelty, 2);
        });
      }
    });
  }
});
