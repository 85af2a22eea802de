import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { ChromiumOptions } from '../../scripts/chromium.ts';
import { launchPhone } from '../e2e/launch-phone.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { watchApp } from '../e2e/watch-app.ts';
import { test as base } from '../e2e/phone-test.ts';
import { count } from './figures.ts';
import { killBrowser } from './kill-browser.ts';

/** Tests that wait for minutes: the short form names them among those that it skips. */
export function longForm(tests: () => void): void {
  test.describe(() => {
    test.skip(!LONG_FORM, LONG_FORM_ONLY);
    tests();
  });
}

/** How often something is done: few times as a check of every day, many times in the long form. */
export const rounds = (short: number, long: number): number => (LONG_FORM ? long : short);

/** A phone that can be switched off in the middle of things. What it stores outlives that. */
export class FragilePhone {
  readonly profile: string;
  #context: BrowserContext | undefined;
  readonly #complaints: (readonly string[])[] = [];

  constructor(profile: string) {
    this.profile = profile;
  }

  /** Starts the browser, on an empty page. */
  async start(options?: ChromiumOptions): Promise<Page> {
    this.#context = await launchPhone(this.profile, options);
    this.#complaints.push(await watchApp(this.#context));
    return this.#context.pages()[0]!;
  }

  /** Starts the browser on an address. */
  async open(url: string, options?: ChromiumOptions): Promise<Page> {
    const page = await this.start(options);
    await page.goto(url);
    return page;
  }

  /** SIGKILL to the whole browser: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    const gone = this.#context?.waitForEvent('close');
    await killBrowser(this.profile);
    await gone;
    this.#context = undefined;
    count('faults injected');
  }

  /** A fault may make the app write to the console; it excuses nothing else of watchApp. */
  expectNoComplaints(): void {
    const complaints = this.#complaints.flat().filter((text) => !text.startsWith('Console: '));
    expect(complaints).toEqual([]);
  }

  /** Closes the browser as a person does. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }
}

/**
 * Tests of the built app under faults. A `phone` is a browser process of its own; where nothing is
 * switched off, a context of `openPhone` is enough.
 */
export const test = base.extend<{ phone: FragilePhone }>({
  phone: async ({ folder }, use) => {
    const phone = new FragilePhone(join(folder, 'fragile'));
    await use(phone);
    await phone.close();
    phone.expectNoComplaints();
  },
});

export { expect } from '@playwright/test';
