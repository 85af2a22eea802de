import { expect, test } from '@playwright/test';
import { signalTrainings } from '../../src/session/training-signal.ts';
import type { TrainingRun } from '../../src/session/training-run.ts';
import { haptic } from '../../src/platform/haptics.ts';

/** A phone that writes down what is asked of it. */
function phone({ reducedMotion = false, can = true } = {}) {
  const asked: string[] = [];
  const document = Object.assign(new EventTarget(), { hidden: false });
  const navigator = {
    vibrate: (pattern: number[]) => asked.push(`vibrate ${pattern.join(' ')}`) > 0,
    setAppBadge: () => (asked.push('badge'), Promise.reject(new Error('Not installed'))),
    clearAppBadge: () => (asked.push('no badge'), Promise.resolve()),
  };
  const stubs = {
    document,
    navigator: can ? navigator : {},
    matchMedia: () => ({ matches: reducedMotion }),
  };
  for (const [name, value] of Object.entries(stubs)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  const look = (hidden: boolean) => {
    document.hidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { asked, look };
}

function trainings() {
  const run = Object.assign(new EventTarget(), { state: 'idle' }) as unknown as TrainingRun;
  const enter = (state: TrainingRun['state']) => {
    run.state = state;
    run.dispatchEvent(new Event('change'));
  };
  return { run, enter };
}

test.afterEach(() => {
  for (const name of ['document', 'navigator', 'matchMedia']) {
    Reflect.deleteProperty(globalThis, name);
  }
});

test('a training that ends while the app is hidden leaves a badge until it is seen', () => {
  const { asked, look } = phone();
  const { run, enter } = trainings();
  const stop = signalTrainings(run);
  expect(asked.splice(0)).toEqual(['no badge']);
  enter('running');
  look(true);
  enter('running');
  expect(asked.splice(0)).toEqual([]);
  enter('done');
  enter('done');
  expect(asked.splice(0)).toEqual(['vibrate 30 80 30', 'badge']);
  look(false);
  expect(asked.splice(0)).toEqual(['no badge']);
  stop();
  enter('running');
  enter('done');
  look(true);
  look(false);
  expect(asked).toEqual([]);
});

test('one that ends in sight is felt only, and one that was cancelled is not', () => {
  const { asked } = phone();
  const { run, enter } = trainings();
  signalTrainings(run);
  asked.length = 0;
  enter('running');
  enter('failed');
  enter('running');
  enter('cancelled');
  expect(asked).toEqual(['vibrate 30 80 30']);
});

test('less motion means no vibration, and a browser without either is left alone', () => {
  const calm = phone({ reducedMotion: true });
  haptic('tick');
  expect(calm.asked).toEqual([]);

  const bare = phone({ can: false });
  const { run, enter } = trainings();
  signalTrainings(run);
  bare.look(true);
  enter('running');
  enter('done');
  haptic('tick');
  expect(bare.asked).toEqual([]);

  const lively = phone();
  haptic('tick');
  expect(lively.asked).toEqual(['vibrate 10']);
});
