import { expect, test } from '@playwright/test';
import type { OfflineState } from '../../src/session/updates.ts';
import type { EngineInfo, EngineStatus } from '../../src/records/engine.ts';
import { airplaneSentence } from '../../src/pages/settings/airplane-sentence.ts';

const info = (baseStored: boolean) => ({ baseStored }) as EngineInfo;

test('offline readiness is promised only where it can come', () => {
  const promise = (offline: OfflineState, phase: EngineStatus['phase'], baseStored = true) => {
    const sentence = airplaneSentence(offline, { phase, info: info(baseStored) });
    return /^Ready/.test(sentence) ? 'ready' : /^Stay online/.test(sentence) ? 'soon' : 'no';
  };
  expect(promise('ready', 'ready')).toBe('ready');
  expect(promise('installing', 'ready')).toBe('soon');
  expect(promise('ready', 'downloading')).toBe('soon');
  expect(promise('unsupported', 'ready')).toBe('no');
  expect(promise('failed', 'downloading')).toBe('no');
  expect(promise('installing', 'failed')).toBe('no');
  expect(promise('ready', 'ready', false)).toBe('no');
});

test('a base model that could not be kept is said so', () => {
  expect(airplaneSentence('ready', { phase: 'ready', info: info(false) })).toContain('no room');
});
