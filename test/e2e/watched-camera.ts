import type { Page } from '@playwright/test';

export interface CameraBehaviour {
  /** What a phone's camera says that it can do; Chromium's fake camera can do little. */
  readonly capabilities?: object;
  /** Names of the exceptions that the first requests end with; the camera answers those after. */
  readonly refusals?: readonly string[];
  /** The browser gives the camera and refuses the list of cameras. */
  readonly unlisted?: boolean;
  /** Milliseconds that the camera takes to open, besides its own: a phone's are slow. */
  readonly delay?: number;
}

/** What the page did with its camera since it was loaded. */
interface CameraLog {
  /** Calls of getUserMedia. */
  readonly asked: number;
  /** Those of them that have ended, with a stream or without. */
  readonly answered: number;
  /** The most that were open beside each other. */
  readonly mostAtOnce: number;
  /** Streams that are live now. */
  readonly live: number;
  /** The most streams that were live beside each other. */
  readonly mostLive: number;
  /** The constraint sets that were applied to a track whose capabilities are made up. */
  readonly applied: readonly object[];
}

/** Counts, from the next page on, what the app asks of the camera, and lets it misbehave. */
export async function watchCamera(page: Page, behaviour: CameraBehaviour = {}): Promise<void> {
  await page.addInitScript(
    ({ refusals = [], delay = 0, capabilities, unlisted }: CameraBehaviour) => {
      const media = navigator.mediaDevices;
      const ask = media.getUserMedia.bind(media);
      if (unlisted) {
        media.enumerateDevices = () =>
          Promise.reject(new DOMException('As the test wants it', 'NotAllowedError'));
      }
      const streams: MediaStream[] = [];
      const log = { asked: 0, answered: 0, mostAtOnce: 0, mostLive: 0, applied: [] as object[] };
      const left = [...refusals];
      let open = 0;
      let held: Promise<void> | undefined;
      let letGo: (() => void) | undefined;
      const live = () =>
        streams.filter((stream) =>
          stream.getTracks().some(({ readyState }) => readyState === 'live'),
        ).length;
      media.getUserMedia = async (constraints) => {
        log.asked++;
        log.mostAtOnce = Math.max(log.mostAtOnce, ++open);
        try {
          await new Promise((resolve) => setTimeout(resolve, delay));
          await held;
          const refusal = left.shift();
          if (refusal) throw new DOMException('As the test wants it', refusal);
          const stream = await ask(constraints);
          streams.push(stream);
          log.mostLive = Math.max(log.mostLive, live());
          return stream;
        } finally {
          open--;
          log.answered++;
        }
      };
      if (capabilities) {
        const track = MediaStreamTrack.prototype;
        const own = Object.getOwnPropertyDescriptors(track);
        track.getCapabilities = function () {
          return { ...own.getCapabilities.value!.call(this), ...capabilities };
        };
        track.applyConstraints = (constraints) => {
          log.applied.push(...(constraints?.advanced ?? []));
          return Promise.resolve();
        };
      }
      const holdCamera = (hold: boolean) => {
        letGo?.();
        held = hold ? new Promise((resolve) => (letGo = resolve)) : undefined;
      };
      Object.assign(globalThis, { cameraLog: () => ({ ...log, live: live() }), holdCamera });
    },
    behaviour,
  );
}

export function cameraLog(page: Page): Promise<CameraLog> {
  return page.evaluate(() => (globalThis as unknown as { cameraLog: () => CameraLog }).cameraLog());
}

/** From now on, a watched camera does not answer; or it answers again. */
export function holdCamera(page: Page, hold: boolean): Promise<void> {
  return page.evaluate((hold) => {
    (globalThis as unknown as { holdCamera: (hold: boolean) => void }).holdCamera(hold);
  }, hold);
}

/**
 * Hides the page as another app or a locked screen does, or shows it again. Headless Chromium
 * takes every page for visible, so the page is told.
 */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      value: hidden ? 'hidden' : 'visible',
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}
