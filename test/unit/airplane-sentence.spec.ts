import { test } from '@playwright/test';
import type { OfflineState } from '../../src/session/updates.ts';
import type { EngineInfo, EngineStatus } from '../../src/records/engine.ts';
import { airplaneSentence } from '../../src/pages/settings/airplane-sentence.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const CASES: readonly [OfflineState, EngineStatus['phase'], baseStored: boolean][] = [
  ['ready', 'ready', true],
  ['installing', 'ready', true],
  ['ready', 'downloading', true],
  ['unsupported', 'ready', true],
  ['failed', 'downloading', true],
  ['installing', 'failed', true],
  ['ready', 'ready', false],
];

test('offline readiness is promised only where it can come', () => {
  const said = CASES.map(([offline, phase, baseStored]) => {
    const info = { baseStored } as EngineInfo;
    const when = `app ${offline}, engine ${phase}, base ${baseStored ? 'stored' : 'not stored'}`;
    return [when, airplaneSentence(offline, { phase, info })] as const;
  });
  expectSentences('airplane', Object.fromEntries(said));
});
