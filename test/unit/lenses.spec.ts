import { expect, test } from '@playwright/test';
import { nextCamera } from '../../src/camera/camera-choice.ts';
import type { NamedCamera } from '../../src/camera/camera-devices.ts';
import { lensKindOf, sideOfLabel } from '../../src/camera/camera-labels.ts';
import { lensesOf } from '../../src/camera/lenses.ts';
import { betterLens, mainLens } from '../../src/camera/main-lens.ts';
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
  expect(names(IPHONE)).toEqual(['Wide', 'Triple', 'Dual wide', 'Ultra wide', 'Dual', 'Tele']);
  expect(names(IPHONE, 'user')).toEqual(['Front']);
});

test('an Android phone’s are numbered, each on its side', () => {
  expect(lensesOf(ANDROID, 'environment')).toEqual([
    // Camera 0 is the main one, whatever the browser lists first.
    { deviceId: 'id-3', name: 'Back 1' },
    { deviceId: 'id-2', name: 'Back 2' },
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

test('labels of iPhones in other languages name the side and the lens', () => {
  const table: readonly [label: string, side: string, kind?: string][] = [
    ['Cámara frontal', 'user'],
    ['Cámara trasera', 'environment'],
    ['Cámara ultra gran angular trasera', 'environment', 'ultra-wide'],
    ['Cámara dual con gran angular trasera', 'environment', 'dual-wide'],
    ['Cámara triple trasera', 'environment', 'triple'],
    ['Frontkamera', 'user'],
    ['Rückkamera', 'environment'],
    ['Ultra-Weitwinkelkamera (Rückseite)', 'environment', 'ultra-wide'],
    ['Duale Rückkamera', 'environment', 'dual'],
    ['Caméra avant', 'user'],
    ['Caméra arrière', 'environment'],
    ['Caméra ultra grand-angle arrière', 'environment', 'ultra-wide'],
    ['Téléobjectif arrière', 'environment', 'tele'],
    ['Fotocamera anteriore', 'user'],
    ['Fotocamera posteriore ultra-grandangolare', 'environment', 'ultra-wide'],
    ['Câmera frontal', 'user'],
    ['Câmera traseira', 'environment'],
    ['背面カメラ', 'environment'],
    ['背面超広角カメラ', 'environment', 'ultra-wide'],
    ['前面カメラ', 'user'],
    ['后置双广角镜头', 'environment', 'dual-wide'],
    ['前置镜头', 'user'],
    ['후면 초광각 카메라', 'environment', 'ultra-wide'],
    ['전면 카메라', 'user'],
    ['Задняя камера', 'environment'],
    ['Передняя камера', 'user'],
    ['الكاميرا الخلفية', 'environment'],
    ['الكاميرا الأمامية', 'user'],
    ['Arka Kamera', 'environment'],
    ['Ön Kamera', 'user'],
    ['Tylny aparat', 'environment'],
    ['Camera aan achterzijde', 'environment'],
  ];
  const read = table.map(([label]) => [label, sideOfLabel(label), lensKindOf(label)]);
  expect(read).toEqual(table.map(([label, side, kind]) => [label, side, kind]));
});

test('names of webcams name no side and no lens', () => {
  for (const label of [
    'Logitech C920 (046d:082d)',
    'Integrated Camera',
    'USB 2.0 Television Capture',
    'OBS Virtual Camera',
    'fake_device_0',
  ]) {
    expect([sideOfLabel(label), lensKindOf(label)], label).toEqual([undefined, undefined]);
  }
});

test('the main lens is the plain one, and takes the place of one that nobody expects', () => {
  expect(mainLens(IPHONE, 'environment')?.label).toBe('Back Camera');
  expect(mainLens(ANDROID, 'environment')?.label).toBe('camera2 0, facing back');
  expect(mainLens(named('One', 'Two'), 'environment')).toBeUndefined();
  // A camera of several lenses is as good; an ultra wide one is not.
  expect(betterLens(IPHONE, 'environment', 'id-0')).toBeUndefined();
  expect(betterLens(IPHONE, 'environment', 'id-2')?.label).toBe('Back Camera');
  expect(betterLens(ANDROID, 'environment', 'id-2')?.deviceId).toBe('id-3');
  expect(betterLens(ANDROID, 'environment', 'id-3')).toBeUndefined();
});

test('a camera whose label names no side is on the side that its picture said', () => {
  const cameras = named('Cam A', 'Cam B');
  const known = new Map([['id-1', 'user' as const]]);
  expect(lensesOf(cameras, 'environment', known).map(({ name }) => name)).toEqual(['Cam A']);
});

test('flipping takes the next camera only where none says which side it faces', () => {
  expect(nextCamera(ANDROID, 'user', { deviceId: 'id-2' })).toBeUndefined();
  const webcams = named('One', 'Two');
  expect(nextCamera(webcams, 'user', { deviceId: 'id-0' })).toBe('id-1');
  expect(nextCamera(webcams, 'environment', { deviceId: 'id-1' })).toBe('id-0');
  expect(nextCamera(webcams, 'user', { deviceId: 'id-0', facingMode: 'environment' })).toBe(
    undefined,
  );
  expect(nextCamera([{ deviceId: '', label: '' }], 'user', {})).toBeUndefined();
});

test('zoom steps are those in the range, in times', () => {
  expect(zoomSteps({ min: 0.5, max: 8 }).map(times)).toEqual(['0.5×', '1×', '2×', '5×']);
  expect(zoomSteps({ min: 1, max: 3 })).toEqual([1, 2]);
  expect(zoomSteps({ min: 1, max: 1.5 })).toEqual([]);
  expect(times(2.04)).toBe('2×');
});
