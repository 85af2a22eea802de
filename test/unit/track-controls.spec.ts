import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { TrackControls, type ControllableTrack } from '../../src/camera/track-controls.ts';

/** A track as a phone's camera has it: what is applied takes a while, and may be refused. */
class PhoneTrack implements ControllableTrack {
  readonly applied: object[] = [];
  refuses = false;
  mostAtOnce = 0;
  #open = 0;
  #settings = {};

  constructor(public capabilities: object) {}

  getCapabilities(): object {
    return this.capabilities;
  }

  getSettings(): object {
    return this.#settings;
  }

  async applyConstraints({ advanced }: { advanced: object[] }): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    await setImmediate();
    this.#open--;
    if (this.refuses) throw new DOMException('No', 'NotReadableError');
    this.applied.push(...advanced);
    this.#settings = { ...this.#settings, ...advanced[0] };
  }
}

const PHONE = {
  torch: true,
  zoom: { min: 0.5, max: 8, step: 0.1 },
  focusMode: ['manual', 'single-shot', 'continuous'],
};

function controlsOf(capabilities: object, hasPoints = true) {
  const track = new PhoneTrack(capabilities);
  let changes = 0;
  const controls = new TrackControls(track, hasPoints, () => changes++);
  return { track, controls, changes: () => changes };
}

test('what a camera has not is not there, and asking for it does nothing', async () => {
  const { track, controls } = controlsOf({ zoom: { min: 1, max: 1 }, focusMode: ['continuous'] });
  expect(controls.torch).toBe('none');
  expect(controls.zoom).toBeUndefined();
  expect(controls.focuses).toBe(false);
  await controls.setTorch(true);
  await controls.zoomTo(2);
  await controls.focusAt(0.5, 0.5);
  expect(track.applied).toEqual([]);
  expect(controlsOf(PHONE, false).controls.focuses).toBe(false);
});

test('a track without getCapabilities, as in Firefox, has no controls', () => {
  const track = new PhoneTrack({});
  const bare: ControllableTrack = {
    getSettings: () => track.getSettings(),
    applyConstraints: (constraints) => track.applyConstraints(constraints),
  };
  expect(new TrackControls(bare, true, () => undefined).torch).toBe('none');
});

test('what the camera learns late about itself appears', () => {
  const { track, controls, changes } = controlsOf({});
  controls.refresh();
  expect(changes()).toBe(0);
  track.capabilities = PHONE;
  controls.refresh();
  expect(changes()).toBe(1);
  expect(controls.torch).toBe('off');
  expect(controls.zoom).toMatchObject({ min: 0.5, max: 8, step: 0.1 });
});

test('each call repeats what was set before, as it replaces the one before', async () => {
  const { track, controls } = controlsOf(PHONE);
  await controls.setTorch(true);
  expect(controls.torch).toBe('on');
  await controls.zoomTo(2);
  expect(track.applied.at(-1)).toEqual({ torch: true, zoom: 2 });
  await controls.focusAt(0.25, 0.75);
  controls.release();
  expect(track.applied.at(-1)).toEqual({
    torch: true,
    zoom: 2,
    focusMode: 'single-shot',
    pointsOfInterest: [{ x: 0.25, y: 0.75 }],
  });
  await controls.setTorch(false);
  expect(track.applied.at(-1)).toEqual({ torch: false, zoom: 2 });
});

test('of the levels of a pinch the camera gets one at a time, and the last for sure', async () => {
  const { track, controls } = controlsOf(PHONE);
  const levels = Array.from({ length: 20 }, (_, i) => 1 + i / 10);
  await Promise.all(levels.map((level) => controls.zoomTo(level)));
  expect(track.mostAtOnce).toBe(1);
  expect(track.applied.length).toBeLessThan(5);
  expect(track.applied.at(-1)).toEqual({ zoom: 2.9 });
  expect(controls.zoom?.level).toBe(2.9);
});

test('zoom stays in the range, and is said in times where the camera counts in per cent', async () => {
  const { track, controls } = controlsOf({ zoom: { min: 100, max: 400, step: 10 } });
  expect(controls.zoom).toEqual({ min: 1, max: 4, step: 0.1, level: 1 });
  await controls.zoomTo(9);
  expect(track.applied).toEqual([{ zoom: 400 }]);
  await controls.zoomTo(NaN);
  expect(controls.zoom?.level).toBe(4);
});

test('a refusal is thrown, and nothing is shown that is not so', async () => {
  const { track, controls } = controlsOf(PHONE);
  await controls.zoomTo(2);
  track.refuses = true;
  await expect(controls.setTorch(true)).rejects.toThrow('No');
  await expect(controls.zoomTo(5)).rejects.toThrow('No');
  expect(controls.torch).toBe('off');
  expect(controls.zoom?.level).toBe(2);
  track.refuses = false;
  await controls.zoomTo(3);
  expect(track.applied.at(-1)).toEqual({ zoom: 3 });
});
