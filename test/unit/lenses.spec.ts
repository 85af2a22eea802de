import { expect, test } from '@playwright/test';
import { nextCamera } from '../../src/camera/camera-choice.ts';
import type { NamedCamera } from '../../src/camera/camera-devices.ts';
import { lensesOf } from '../../src/camera/lenses.ts';
import { times, zoomSteps } from '../../src/widgets/camera/zoom-steps.ts';

const named = (...labels: string[]): NamedCamera[] =>
  labels.map((label, i) => ({ deviceId: `id-${i}`, label }));
const names = (cameras: NamedCamera[], facing: 'environment' | 'user' = 'environment') =>
  lensesOf(cameras, facing).map(({ name }) => name);

const IPHONE = named(
  'Back Triple Camera',
  'Back Dual Wide Camera',
  'Back Ultra Wide Camera',
  'Back Dual Camera',
  'Back Camera',
  'Back Telephoto Camera',
  'Front Camera',
);
const ANDROID = named(
  'camera2 1, facing front',
  'camera2 3, facing front',
  'camera2 2, facing back',
  'camera2 0, facing back',
);

test('an iPhone’s lenses have the names that people know', () => {
  expect(names(IPHONE)).toEqual(['Triple', 'Dual wide', 'Ultra wide', 'Dual', 'Wide', 'Tele']);
  expect(names(IPHONE, 'user')).toEqual(['Front']);
});

test('an Android phone’s are numbered, each on its side', () => {
  expect(lensesOf(ANDROID, 'environment')).toEqual([
    { deviceId: 'id-2', name: 'Back 1' },
    { deviceId: 'id-3', name: 'Back 2' },
  ]);
  expect(names(ANDROID, 'user')).toEqual(['Front 1', 'Front 2']);
});

test('webcams keep their names, without their numbers, and belong to each side', () => {
  const webcams = named('Logitech C920 (046d:082d)', 'USB Camera', 'USB Camera', '');
  const expected = ['Logitech C920', 'USB Camera 1', 'USB Camera 2', 'Camera'];
  expect(names(webcams)).toEqual(expected);
  expect(names(webcams, 'user')).toEqual(expected);
  expect(names(named('A camera with a name that never ends'))[0]).toHaveLength(28);
});

test('before permission is given there is no lens to choose', () => {
  expect(lensesOf([{ deviceId: '', label: '' }], 'environment')).toEqual([]);
});

test('what a camera says of itself counts before its name', () => {
  const camera: NamedCamera = {
    deviceId: 'a',
    label: 'Camera',
    getCapabilities: () => ({ facingMode: ['user'] }),
  };
  expect(lensesOf([camera], 'environment')).toEqual([]);
  expect(names([camera], 'user')).toEqual(['Front']);
});

test('flipping takes the next camera only where none says that it looks the other way', () => {
  expect(nextCamera(ANDROID, 'user', 'id-2')).toBeUndefined();
  const webcams = named('One', 'Two');
  expect(nextCamera(webcams, 'user', 'id-0')).toBe('id-1');
  expect(nextCamera(webcams, 'environment', 'id-1')).toBe('id-0');
  expect(nextCamera([{ deviceId: '', label: '' }], 'user', undefined)).toBeUndefined();
});

test('zoom steps are those in the range, in times', () => {
  expect(zoomSteps({ min: 0.5, max: 8 }).map(times)).toEqual(['0.5×', '1×', '2×', '5×']);
  expect(zoomSteps({ min: 1, max: 3 })).toEqual([1, 2]);
  expect(zoomSteps({ min: 1, max: 1.5 })).toEqual([]);
  expect(times(2.04)).toBe('2×');
});
