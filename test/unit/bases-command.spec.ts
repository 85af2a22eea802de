import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import { sha256 } from '../../src/platform/sha256.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run bases -- ...args` */
async function bases(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bases/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

test('the command makes the default base, and keeps it the second time', async ({}, testInfo) => {
  const out = testInfo.outputPath('bases');
  const first = await bases('--out', out);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('154 layers, 2,257,984 parameters, 1,280 features');
  expect((await readdir(out)).sort()).toEqual(['index.json', 'openimages']);
  const folder = join(out, 'openimages');
  const spec = JSON.parse(await readFile(join(folder, 'spec.json'), 'utf8')) as BaseSpec;
  for (const file of spec.files) {
    const bytes = await readFile(join(folder, file.path));
    expect(bytes).toHaveLength(file.bytes);
    expect(await sha256(bytes)).toBe(file.sha256);
  }
  const second = await bases('--out', out);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).toBe('openimages: already there with the right hashes, kept\n');
});

test('what cannot be done ends with a sentence, a status and no stack trace', async ({}, testInfo) => {
  const out = testInfo.outputPath('bases');
  for (const args of [['nonsense'], ['imagenet', '--from', 'package.json'], ['--from', 'src']]) {
    const { code, stderr } = await bases(...args, '--out', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]+\.\n/);
    expect(stderr).not.toMatch(/^ {2,}at /m);
  }
});

test('help says what there is', async () => {
  const { code, stdout } = await bases('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('npm run bases -- imagenet --from FILE.h5');
});
