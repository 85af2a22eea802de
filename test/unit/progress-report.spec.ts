import { expect, test } from '@playwright/test';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { ProgressReport } from '../../src/learning/training/progress-report.ts';
import type { EpochMetrics } from '../../src/records/model.ts';
import { plannedPhotos } from '../fixtures/epoch-loop-setting.ts';
import type { TrainOptions, TrainProgress } from '../../src/records/training.ts';
import type { Checkpoint, TrainingPlan } from '../../src/records/checkpoint.ts';

function planOf(options: TrainOptions): TrainingPlan {
  return {
    modelId: 'head',
    tunedModelId: 'tuned',
    base: { id: 'base', inputSize: 160, featureSpaceId: 'space' },
    classes: [],
    hyperparameters: hyperparametersOf(options, 'layer'),
    photos: plannedPhotos({ train: 12, validation: 3, test: 2 }, 2),
    startedAt: 0,
  };
}

const PLAIN = planOf({ preset: 'quick', hyperparameters: { epochs: 4 } });
const TUNED = planOf({
  preset: 'tutorial',
  hyperparameters: { epochs: 4 },
  fineTuning: { epochs: 3 },
});

/** Metrics of some epochs of one stage; each has another loss. */
function epochs(count: number, loss = 1): EpochMetrics[] {
  return Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    loss: loss - i / 100,
    accuracy: 0.5,
  }));
}

function checkpoint(plan: TrainingPlan, stage: Checkpoint['stage'], done: number): Checkpoint {
  const history = epochs(done, stage === 'head' ? 1 : 0.5);
  const state = { epoch: done, history, steps: done, random: [1, 2, 3, 4] as const };
  const row = { slot: 0, order: 1, seconds: 1, savedAt: 0, sha256: '' };
  return { ...row, plan, stage, ...(done > 0 && { state }) };
}

function reporting(): { report: ProgressReport; news: TrainProgress[] } {
  const news: TrainProgress[] = [];
  return { news, report: new ProgressReport((progress) => news.push(progress)) };
}

/** The calls of a head stage, from an epoch on. */
function runHead(report: ProgressReport, from = 1, to = 4): void {
  for (const fraction of [0, 0.5, 1]) report.stage('features', fraction);
  for (let epoch = from; epoch <= to; epoch++) report.epoch('head', epochs(epoch));
  report.stage('evaluation', 0);
  report.stage('saving', 0);
}

/** The calls of a fine-tuning, from an epoch on. */
function runFineTuning(report: ProgressReport, from = 1): void {
  report.stage('boundaries', 0);
  for (let epoch = from; epoch <= 3; epoch++) {
    report.stage('boundaries', 0.5);
    report.stage('boundaries', 1);
    for (const fraction of [0.5, 1]) report.batch(epoch, fraction);
    report.epoch('fineTuning', epochs(epoch, 0.5));
  }
  report.stage('saving', 0);
}

function expectForward(news: readonly TrainProgress[]): void {
  news.forEach(({ progress }, i) => {
    expect(progress).toBeGreaterThanOrEqual(news[i - 1]?.progress ?? 0);
    expect(progress).toBeLessThanOrEqual(1 + 1e-12);
  });
}

const lossesOf = ({ history }: TrainProgress) => history.map(({ loss }) => loss);

test('without fine-tuning the bar goes forward, to the end', () => {
  const { report, news } = reporting();
  report.stage('features', 0);
  report.plan(PLAIN);
  runHead(report);
  expectForward(news);
  const last = news.at(-1)!;
  expect(last.progress).toBeGreaterThan(0.95);
  expect(last).toMatchObject({
    epoch: 4,
    epochs: 4,
    counts: { train: 12, validation: 3, test: 2 },
  });
  expect(last).not.toHaveProperty('fineTuneFrom');
  expect(last.history).toEqual(epochs(4));
  // Each epoch of the head moves it by as much.
  const learned = news.filter(({ stage }) => stage === 'head').map(({ progress }) => progress);
  const steps = [...new Set(learned)].map((value, i, all) => value - (all[i - 1] ?? 0.1));
  for (const step of steps.slice(1)) expect(step).toBeCloseTo(steps[0]!, 10);
});

test('with fine-tuning too, and the epochs are numbered through', () => {
  const { report, news } = reporting();
  report.stage('features', 0);
  report.plan(TUNED);
  runHead(report);
  const headEnd = news.at(-1)!;
  expect(headEnd.progress).toBeLessThan(0.5);
  report.plan(TUNED, undefined, epochs(4));
  runFineTuning(report);
  expectForward(news);
  const last = news.at(-1)!;
  expect(last.progress).toBeGreaterThan(0.98);
  expect(last).toMatchObject({ epoch: 7, epochs: 7, fineTuneFrom: 4 });
  expect(last.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(lossesOf(last)).toEqual([...epochs(4), ...epochs(3, 0.5)].map(({ loss }) => loss));
  expect(news.map(({ epoch }) => epoch)).toEqual(news.map(({ epoch }) => epoch).sort());
});

test('while boundaries are computed the bar waits, and the stage says how far it is', () => {
  const { report, news } = reporting();
  report.plan(TUNED, undefined, epochs(4));
  report.batch(1, 0.5);
  const { progress } = news.at(-1)!;
  report.stage('boundaries', 0.25);
  expect(news.at(-1)).toMatchObject({ stage: 'boundaries', stageFraction: 0.25, progress });
});

test('a head that is resumed has its epochs at once', () => {
  const { report, news } = reporting();
  report.plan(PLAIN, checkpoint(PLAIN, 'head', 3));
  expect(news.at(-1)).toMatchObject({ epoch: 3, epochs: 4, history: epochs(3) });
  runHead(report, 4);
  expectForward(news);
  expect(news.at(-1)!.history).toEqual(epochs(4));
});

test('a fine-tuning that is resumed starts where it was', () => {
  const whole = reporting();
  whole.report.plan(TUNED);
  runHead(whole.report);
  whole.report.plan(TUNED, undefined, epochs(4));
  whole.report.epoch('fineTuning', epochs(1, 0.5));
  whole.report.epoch('fineTuning', epochs(2, 0.5));
  const before = whole.news.at(-1)!;

  const { report, news } = reporting();
  report.plan(TUNED, checkpoint(TUNED, 'fineTuning', 2), epochs(4));
  expect(news.at(-1)).toEqual(before);
  runFineTuning(report, 3);
  expectForward(news);
  expect(news.at(-1)).toMatchObject({ epoch: 7, epochs: 7 });
  expect(lossesOf(news.at(-1)!)).toEqual([...epochs(4), ...epochs(3, 0.5)].map(({ loss }) => loss));
});

test('a fine-tuning that is resumed before its first epoch has those of the head', () => {
  const { report, news } = reporting();
  report.plan(TUNED, checkpoint(TUNED, 'fineTuning', 0), epochs(4));
  expect(news.at(-1)).toMatchObject({ epoch: 4, epochs: 7, fineTuneFrom: 4, history: epochs(4) });
  runFineTuning(report);
  expect(news.at(-1)).toMatchObject({ epoch: 7 });
});

test('a head that diverged early keeps its few epochs apart from those of the fine-tuning', () => {
  const { report, news } = reporting();
  report.plan(TUNED);
  runHead(report, 1, 2);
  report.plan(TUNED, undefined, epochs(2));
  runFineTuning(report);
  expectForward(news);
  const last = news.at(-1)!;
  expect(lossesOf(last)).toEqual([...epochs(2), ...epochs(3, 0.5)].map(({ loss }) => loss));
  expect(last.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
});

test('a pause is told, and changes nothing else', () => {
  const { report, news } = reporting();
  report.plan(PLAIN);
  report.epoch('head', epochs(2));
  const before = news.at(-1)!;
  report.paused(true);
  expect(news.at(-1)).toEqual({ ...before, paused: true });
  report.paused(false);
  expect(news.at(-1)).toEqual(before);
});

test('what is expected decides the bar and the time left', () => {
  const { report, news } = reporting();
  const seconds = { features: 0, head: 10, boundaries: 20, fineTuning: 70 };
  report.expect({ seconds, freshBoundaries: false });
  report.stage('features', 0);
  expect(news.at(-1)!.secondsLeft).toBeCloseTo(100, 1);
  report.plan(TUNED);
  runHead(report);
  expect(news.at(-1)!.progress).toBeCloseTo(0.97 * 0.1 + 0.02, 3);
  expect(news.at(-1)!.secondsLeft).toBeCloseTo(90, 1);
  report.plan(TUNED, undefined, epochs(4));
  report.stage('boundaries', 0);
  report.batch(1, 0.5);
  // A sixth of the fine-tuning was over in no time, which is not quite believed yet.
  expect(news.at(-1)!.secondsLeft).toBeLessThan(70 * (5 / 6));
  expect(news.at(-1)!.secondsLeft).toBeGreaterThan(0);
  runFineTuning(report);
  expectForward(news);
  expect(news.at(-1)!.secondsLeft).toBe(0);
});
