import { spawn, type ChildProcess } from 'node:child_process';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';
import { collectCoverage } from '../coverage.ts';

const LISTENING = /DevTools listening on (ws:\S+)/;

/** A Chromium that this process has started itself, so that it can be killed as a system does. */
export interface SpawnedPhone {
  readonly page: Page;
  /** At once, with nothing written back. */
  kill(): Promise<void>;
}

/** Starts one of a phone's size on a profile that outlives it. */
export async function spawnPhone(profile: string): Promise<SpawnedPhone> {
  const child = spawn(
    await chromiumPath(),
    [
      ...chromiumArgs(),
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=390,844',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const browser = await chromium.connectOverCDP(await addressOf(child));
  const context = browser.contexts()[0]!;
  collectCoverage(context);
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, kill: () => kill(child, browser) };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = LISTENING.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => {
      reject(new Error(`Chromium ended with ${code}: ${said}`));
    });
    child.once('error', reject);
  });
}

async function kill(child: ChildProcess, browser: Browser): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  await browser.close().catch(() => undefined);
}
