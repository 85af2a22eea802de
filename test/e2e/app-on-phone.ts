import { expect, type BrowserContext, type Page } from '@playwright/test';
import { serveFolder, type FolderServer } from '../../scripts/serve/serve-folder.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { expectOfflineReady, launchPhone } from './launch-phone.ts';
import { takeOne } from './phone-test.ts';
import { watchApp } from './watch-app.ts';

type Place = 'capture' | 'photos' | 'train' | 'live' | 'settings';

/** How many answers are looked at, one each so many frames of the camera. */
const WATCHED_ANSWERS = 8;
const FRAMES_APART = 9;
/** Smoothing starts from nothing. */
const FRAMES_BEFORE = 12;
/** A picture stands before the camera for nine frames: see camera-file.ts. */
const NEXT_PICTURE = 9;

/**
 * The built app in a Chromium of a phone's size, with a camera that plays a file. The profile
 * outlives the browser, and the address outlives the server, as on a phone.
 */
export class AppOnPhone {
  readonly #profile: string;
  #server: FolderServer | undefined;
  #url = '';
  #context: BrowserContext | undefined;
  readonly #complaints: (readonly string[])[] = [];

  constructor(profile: string) {
    this.#profile = profile;
  }

  get page(): Page {
    const page = this.#context?.pages()[0];
    if (!page) throw new Error('Not open');
    return page;
  }

  async serve(): Promise<void> {
    this.#server = await serveFolder({ dir: 'dist', port: 0 });
    this.#url = this.#server.url;
  }

  async stopServing(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  /** Starts the browser on a place of the app and, where it has one, its camera. */
  async open(place: Place, cameraFile: string): Promise<void> {
    this.#context = await launchPhone(this.#profile, { cameraFile });
    this.#complaints.push(await watchApp(this.#context));
    const { page } = this;
    await page.goto(`${this.#url}#/${place}`);
    await this.#openCamera();
  }

  async goTo(place: Place): Promise<void> {
    await this.page.locator(`a[href="#/${place}"]`).first().click();
    if (place === 'capture' || place === 'live') await this.#openCamera();
  }

  /** Takes photos one by one; each must be counted before the next. */
  async shoot(kind: PetKind, count: number): Promise<void> {
    const shutter = this.#shutter(kind);
    for (let i = 0; i < count; i++) {
      await takeOne(this.page, { count: () => this.#count(kind), take: () => shutter.click() });
      // Until something else sits before the camera.
      await this.#frames(NEXT_PICTURE);
    }
  }

  /** Holds the shutter until three photos are counted. */
  async burst(kind: PetKind): Promise<void> {
    const before = await this.#count(kind);
    await this.#shutter(kind).hover();
    await this.page.mouse.down();
    await expect.poll(() => this.#count(kind)).toBeGreaterThan(before + 2);
    await this.page.mouse.up();
  }

  /** Trains with the button of the Train page, and waits for the result. */
  async train(): Promise<void> {
    await this.goTo('train');
    const host = this.page.locator('pp-train-page');
    await this.page.locator('[data-action="train"]').click({ timeout: 60_000 });
    await expect(host).toHaveAttribute('data-train-state', 'running');
    await expect(host).toHaveAttribute('data-train-state', 'done', { timeout: 60_000 });
    const result = this.page.locator('[data-result]');
    await expect(result).toBeVisible();
    const count = Number(await result.getAttribute('data-count'));
    const correct = Number(await result.getAttribute('data-correct'));
    expect(correct).toBeGreaterThanOrEqual(0.5 * count);
  }

  /**
   * Watches the live view: of what it is sure of, at least `fraction` must be `kind`, and it must be
   * sure at least half of the time.
   */
  async expectAnswers(kind: PetKind, fraction: number): Promise<void> {
    const answer = this.page.locator('[data-answer]');
    await expect(answer).toBeVisible({ timeout: 60_000 });
    await this.#frames(FRAMES_BEFORE);
    const answers: (string | null)[] = [];
    while (answers.length < WATCHED_ANSWERS) {
      answers.push(await answer.getAttribute('data-answer'));
      await this.#frames(FRAMES_APART);
    }
    const sure = answers.filter((name) => name !== null && name !== 'unsure');
    const right = sure.filter((name) => name === kind);
    expect(sure.length, answers.join(' ')).toBeGreaterThanOrEqual(WATCHED_ANSWERS / 2);
    expect(right.length / sure.length, answers.join(' ')).toBeGreaterThanOrEqual(fraction);
  }

  /** Until the service worker and the base model are here for good. */
  async waitUntilOfflineReady(): Promise<void> {
    await expectOfflineReady(this.page);
  }

  /** Nothing that the app must never do: see watchApp. */
  expectNoComplaints(): void {
    expect(this.#complaints.flat()).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async #openCamera(): Promise<void> {
    const start = this.page.locator('[data-action="open-camera"]');
    const video = this.page.locator('video');
    await expect(start.or(video).first()).toBeVisible();
    if (await start.isVisible()) await start.click();
    await expect
      .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth))
      .toBeGreaterThan(0);
  }

  /** Until the camera has shown so many more frames: on a slow machine that takes longer. */
  async #frames(count: number): Promise<void> {
    await this.page.locator('video').evaluate(async (video: HTMLVideoElement, count) => {
      for (let i = 0; i < count; i++) {
        await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      }
    }, count);
  }

  #shutter(kind: PetKind) {
    return this.page.locator(`button[data-class="${kind}"]`);
  }

  async #count(kind: PetKind): Promise<number> {
    const label = await this.#shutter(kind).getAttribute('aria-label');
    return Number(/(\d+) photo/.exec(label ?? '')?.[1] ?? 0);
  }
}
