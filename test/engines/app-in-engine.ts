import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Route } from '../../src/session/routes.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import type { EngineBrowser } from './engine-browser.ts';
import type { KeptBrowser } from './kept-browser.ts';

/** With WebAssembly without relaxed SIMD, beside other work. */
const PATIENCE = { timeout: 60_000 };

/** The app in one browser window, used as a person does: by what can be seen and clicked. */
export class AppInEngine {
  readonly #kept: KeptBrowser;
  #browser: EngineBrowser | undefined;

  constructor(kept: KeptBrowser) {
    this.#kept = kept;
  }

  get browser(): EngineBrowser {
    if (!this.#browser) throw new Error('Not started');
    return this.#browser;
  }

  async start(): Promise<void> {
    this.#browser = await this.#kept.get();
  }

  /** Ends the browser, and starts it anew on what it has stored. */
  async restartBrowser(): Promise<void> {
    await this.#kept.end();
    await this.start();
  }

  /** Opens an address at a page of the app, and waits until that is there. */
  async open(url: string, route: Route): Promise<void> {
    await this.browser.open(`${url}#/${route}`);
    await this.expectPage(route);
  }

  /** Goes to a page as a link does. */
  async visit(route: Route): Promise<void> {
    await this.browser.run((hash) => {
      location.hash = hash;
    }, `#/${route}`);
    await this.expectPage(route);
  }

  async expectPage(route: Route): Promise<void> {
    await expect.poll(() => this.isVisible(`pp-${route}-page`), PATIENCE).toBe(true);
  }

  /** Until the service worker and the base model are here for good. */
  async expectOfflineReady(): Promise<void> {
    await expect.poll(() => this.attribute('pp-app', 'data-airplane'), PATIENCE).toBe('ready');
  }

  /** An attribute of the first visible match; undefined where there is none. */
  async attribute(selector: string, name: string): Promise<string | undefined> {
    return (
      (await this.browser.run(
        (selector, name) => find(selector, true)?.getAttribute(name),
        selector,
        name,
      )) ?? undefined
    );
  }

  /** Text of the first visible match; empty where there is none. */
  async text(selector: string): Promise<string> {
    return this.browser.run(
      (selector) => (find(selector, true) as HTMLElement | undefined)?.innerText ?? '',
      selector,
    );
  }

  isVisible(selector: string): Promise<boolean> {
    return this.browser.run((selector) => find(selector, true) !== undefined, selector);
  }

  /**
   * Clicks what is enabled, has nothing over it, such as a notice, and moves no more, as a page does
   * whose parts are still coming; waits until it is so.
   */
  async click(selector: string): Promise<void> {
    const enabled = `${selector}:not(:disabled)`;
    let last = '';
    const hindrance = async () => {
      const { place, hindrance } = await this.browser.run(placeOf, enabled);
      const moved = place === last ? '' : `it was at ${last}, and is at ${place}`;
      last = place;
      return hindrance || moved;
    };
    await expect.poll(hindrance, { ...PATIENCE, message: `click ${selector}` }).toBe('');
    await this.browser.click(enabled);
  }

  /** Clicks what shows something. */
  clickToShow(selector: string, shown: string): Promise<void> {
    return this.#clickUntil(selector, () => this.isVisible(shown));
  }

  /**
   * Clicks until it has had its effect: a click is lost where the button moves away under the mouse,
   * or something comes over it, such as a notice.
   */
  async #clickUntil(selector: string, isDone: () => Promise<boolean>): Promise<void> {
    await this.browser.run(watchPointer);
    try {
      await expect(async () => {
        if (!(await isDone())) await this.click(selector);
        await expect.poll(isDone, { timeout: 20_000 }).toBe(true);
      }).toPass(PATIENCE);
    } catch (thrown) {
      const seen = await this.browser.run(() => globalThis.seenOfPointer?.join('\n'));
      throw new Error(`${selector} had no effect; the page has seen:\n${seen}`, { cause: thrown });
    }
  }

  /**
   * Opens the camera of this page, unless it opens by itself where it was allowed before.
   *
   * @param ready selector of what can be seen once it is open
   */
  async openCamera(ready: string): Promise<void> {
    const button = '[data-action="open-camera"]';
    const gate = 'section[data-state]';
    await expect(async () => {
      if (await this.isVisible(button)) await this.browser.click(button);
      expect(await this.isVisible(gate)).toBe(false);
      expect(await this.isVisible(ready)).toBe(true);
    }).toPass(PATIENCE);
  }

  /**
   * Imports photos of one kind by the file chooser of the import sheet.
   *
   * @param before how many of the kind there are
   */
  async importPhotos(kind: PetKind, files: readonly string[], before = 0): Promise<void> {
    await this.visit('photos');
    await expect.poll(() => this.#countOf(kind), PATIENCE).toBe(before);
    await this.clickToShow('[data-action="import"]', '[data-import-state]');
    await this.click(`.classes [data-class="${kind}"]`);
    await this.browser.chooseFiles('[data-import-photos]', files);
    await expect.poll(() => this.#countOf(kind), PATIENCE).toBe(before + files.length);
    await expect.poll(() => this.isVisible('[data-import-state]'), PATIENCE).toBe(false);
  }

  /** Trains with the button of the Train page. @returns how many test photos are right, of how many */
  async train(): Promise<{ correct: number; count: number }> {
    await this.visit('train');
    const button = '[data-action="train"]';
    const state = () => this.attribute('pp-train-page', 'data-train-state');
    const models = async () =>
      Number(/\((\d+)\)/.exec(await this.text('[data-action="models"]'))?.[1] ?? 0);
    // The button comes with the library, which says how many models there are.
    await expect.poll(() => this.isVisible(button), PATIENCE).toBe(true);
    const before = await models();
    const hasBegun = async () => (await state()) === 'running' || (await models()) > before;
    await this.#clickUntil(button, hasBegun);
    await expect.poll(models, PATIENCE).toBe(before + 1);
    await expect.poll(state, PATIENCE).toBe('done');
    const [correct, count] = await Promise.all(
      ['data-correct', 'data-count'].map((name) => this.attribute('[data-result]', name)),
    );
    return { correct: Number(correct), count: Number(count) };
  }

  /** Has Live look at a photo from a file. @returns id of the class, or `unsure` */
  async ask(file: string): Promise<string | undefined> {
    await this.visit('live');
    await expect.poll(() => this.isVisible('pp-answer-sheet'), PATIENCE).toBe(true);
    await this.browser.chooseFiles('input[accept="image/*"]', [file]);
    await expect.poll(() => this.isVisible('[data-still="photo"]'), PATIENCE).toBe(true);
    const answer = () => this.attribute('[data-answer]', 'data-answer');
    await expect.poll(answer, PATIENCE).toBeDefined();
    return answer();
  }

  /** Saves a backup. @returns the file */
  async backUp(): Promise<string> {
    await this.visit('settings');
    await this.clickToShow('[data-action="back-up"]', '[data-backup-state]');
    return this.savedBy('[data-action="save-backup"]', /\.zip$/);
  }

  /** Clicks what saves a file. @returns the file, by its name */
  async savedBy(selector: string, name: RegExp): Promise<string> {
    const { downloads } = this.#kept;
    await rm(downloads, { recursive: true });
    await mkdir(downloads);
    await this.click(selector);
    const saved = async () => {
      const names = await readdir(downloads).catch(() => []);
      const file = names.find((file) => name.test(file));
      // Firefox writes into a file beside it, while the one of this name is empty.
      const isWhole = file !== undefined && !names.some((each) => each.endsWith('.part'));
      return isWhole && (await stat(join(downloads, file))).size > 0 ? file : undefined;
    };
    await expect.poll(saved, PATIENCE).toBeDefined();
    return join(downloads, (await saved())!);
  }

  async restore(file: string): Promise<void> {
    await this.visit('settings');
    await this.browser.chooseFiles('[data-backup-input]', [file]);
    await this.click('[data-action="confirm-restore"]');
    const state = () => this.attribute('[data-backup-state]', 'data-backup-state');
    await expect.poll(state, PATIENCE).toBe('restored');
  }

  /** How many photos of a kind the filter on Photos counts. */
  async #countOf(kind: PetKind): Promise<number> {
    const text = await this.text(`[data-filter="${kind}"]`);
    return Number(/\d+/.exec(text)?.[0] ?? 0);
  }
}

declare global {
  /** In the page: what `watchPointer` has noted. */
  var seenOfPointer: string[] | undefined;
}

/** In the page: notes what the mouse does there, for the message of a click that has no effect. */
function watchPointer(): void {
  if (globalThis.seenOfPointer) return;
  const seen: string[] = (globalThis.seenOfPointer = []);
  for (const type of ['pointerdown', 'pointerup', 'click'] as const) {
    addEventListener(
      type,
      (event) => {
        const [target] = event.composedPath() as [Element];
        const { clientX, clientY, timeStamp } = event;
        seen.push(
          `${Math.round(timeStamp)} ms: ${type} at ${clientX}, ${clientY} on ${target.localName}`,
        );
      },
      { capture: true },
    );
  }
}

/**
 * In the page: where the middle of the first visible match is, and why a click there would not hit
 * it, or nothing.
 */
function placeOf(selector: string): { place: string; hindrance: string } {
  const element = find(selector, true);
  if (!element) return { place: 'nowhere', hindrance: 'not there' };
  // Away from the lower edge, where a notice may come over it and stays while the mouse rests there.
  element.scrollIntoView({ block: 'center', inline: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const place = `${Math.round(x)}, ${Math.round(y)}`;
  // A shadow root knows its own elements only, and nothing of what lies over all of them.
  let hit = document.elementFromPoint(x, y);
  while (hit && !element.contains(hit)) {
    const inner: Element | null | undefined = hit.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  if (hit && element.contains(hit)) return { place, hindrance: '' };
  return { place, hindrance: `at ${place} is ${hit?.localName ?? 'nothing'}` };
}
