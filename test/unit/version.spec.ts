import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { VERSION } from '../../src/pages/settings/version.ts';

test('the version in Settings is the package’s', () => {
  const manifest = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  expect(VERSION).toBe(manifest.version);
});
