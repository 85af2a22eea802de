import { msg } from '../i18n/msg.ts';
import type { Route } from '../session/routes.ts';
import { whenIdle } from '../session/when-idle.ts';

/** A place of the app as the shell sees it: an element that arrives when it is first needed. */
export interface Page {
  readonly tag: string;
  /** Name in the bar and in the window's title. */
  readonly title: string;
  /** The camera fills it, so that it is dark in both themes. */
  readonly dark?: true;
  /** Defines the element; rejects when its file does not arrive. */
  readonly load: () => Promise<unknown>;
}

export const PAGES: Readonly<Record<Route, Page>> = {
  capture: {
    tag: 'pp-capture-page',
    title: msg('Capture'),
    dark: true,
    load: () => import('../pages/capture/capture-page.ts'),
  },
  photos: {
    tag: 'pp-photos-page',
    title: msg('Photos'),
    load: () => import('../pages/photos/photos-page.ts'),
  },
  train: {
    tag: 'pp-train-page',
    title: msg('Train'),
    load: () => import('../pages/train/train-page.ts'),
  },
  live: {
    tag: 'pp-live-page',
    title: msg('Live'),
    dark: true,
    load: () => import('../pages/live/live-page.ts'),
  },
  models: {
    tag: 'pp-models-page',
    title: msg('Models'),
    load: () => import('../pages/models/models-page.ts'),
  },
  settings: {
    tag: 'pp-settings-page',
    title: msg('Settings'),
    load: () => import('../pages/settings/settings-page.ts'),
  },
};

/**
 * Fetches every page while nothing else is to do, so that a later tap waits for nothing: one after
 * the other, so that a tap in between waits for one at most.
 */
export async function preloadPages(): Promise<void> {
  for (const page of Object.values(PAGES)) {
    await whenIdle();
    // A page that does not arrive now says so when it is opened.
    await page.load().catch(() => undefined);
  }
}
