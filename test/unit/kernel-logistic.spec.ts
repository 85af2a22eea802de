import { expect, test } from '@playwright/test';
import { kernelLogits } from '../../src/learning/optim/kernel-logistic.ts';
import { Random } from '../../src/platform/random.ts';

const FEATURES = 6;

/** Photos with features, labels and fixed parts of the logits, of which the last ones are not learned. */
function anyProblem(classes: number, seed: number) {
  const random = new Random(seed);
  const count = 30;
  const outputs = classes === 2 ? 1 : classes;
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  const features = labels.map((label) =>
    Array.from({ length: FEATURES }, (_, i) => 2 * random.next() - 1 + (i === label ? 0.7 : 0)),
  );
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const gram = Float64Array.from(features.flatMap((a) => features.map((b) => dot(a, b))));
  const offsets = Float64Array.from({ length: count * outputs }, () => 3 * random.next() - 1.5);
  const rows = labels.map((_, i) => i).slice(0, 24);
  return { problem: { gram, count, rows, labels, offsets, outputs }, features };
}

/** The same minimum by plain gradient descent on the kernel, from the definitions. */
function reference(
  { problem, features }: ReturnType<typeof anyProblem>,
  l2: number,
  biasL2: number,
): number[] {
  const { count, rows, labels, offsets, outputs } = problem;
  const kernel = features[0]!.map(() => Array.from({ length: outputs }, () => 0));
  const bias = Array.from({ length: outputs }, () => 0);
  const logit = (photo: number, o: number) =>
    features[photo]!.reduce((sum, x, i) => sum + x * kernel[i]![o]!, bias[o]!) +
    offsets[photo * outputs + o]!;
  for (let step = 0; step < 3000; step++) {
    const dKernel = kernel.map((row) => row.map((value) => l2 * value));
    const dBias = bias.map((value) => biasL2 * value);
    for (const photo of rows) {
      const z = bias.map((_, o) => logit(photo, o));
      const exps = (outputs === 1 ? [0, ...z] : z).map(Math.exp);
      const total = exps.reduce((a, b) => a + b);
      for (let o = 0; o < outputs; o++) {
        const output = outputs === 1 ? 1 : o;
        const dz = (exps[output]! / total - Number(labels[photo] === output)) / rows.length;
        dBias[o]! += dz;
        features[photo]!.forEach((x, i) => (dKernel[i]![o]! += x * dz));
      }
    }
    kernel.forEach((row, i) => row.forEach((_, o) => (row[o]! -= 0.3 * dKernel[i]![o]!)));
    bias.forEach((_, o) => (bias[o]! -= 0.3 * dBias[o]!));
  }
  return Array.from({ length: count * outputs }, (_, i) =>
    logit(Math.floor(i / outputs), i % outputs),
  );
}

for (const classes of [2, 3]) {
  for (const [l2, biasL2] of [
    [0.05, 0],
    [0.4, 0.2],
  ] as const) {
    test(`of ${classes} classes it finds the minimum of the loss, with L2 ${l2} and ${biasL2} of the bias`, () => {
      const any = anyProblem(classes, 10 * classes);
      const found = kernelLogits({ ...any.problem, l2, biasL2 });
      const expected = reference(any, l2, biasL2);
      found.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(0.1);
      });
    });
  }
}

test('photos without any difference, and a single one, give finite logits', () => {
  const same = { gram: new Float64Array(4), count: 2, labels: [0, 1], outputs: 1 };
  const offsets = Float64Array.of(-1, 1);
  for (const rows of [[0, 1], [0]]) {
    const found = kernelLogits({ ...same, offsets, rows, l2: 0.1, biasL2: 0.1 });
    expect([...found].every(Number.isFinite)).toBe(true);
  }
});
