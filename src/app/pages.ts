import { msg } from '../i18n/msg.ts';
import type { Route } from '../session/routes.ts';
import { whenIdle } from '../platform/when-idle.ts';

/** A page of the app; its element is loaded when it is first needed. */
export interface Page {
  readonly tag: string;
  /** Name in the tab bar and in the document title. */
  readonly title: string;
  /** A camera page, which is dark in both themes. */
  readonly dark?: true;
  /** Imports the module that defines the element. @throws if it cannot be loaded */
  readonly load: () => Promise<unknown>;
}

/** The page of each route. */
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
 * Loads all pages while the browser is idle, so that they open at once later. It loads them in
 * sequence, so that a tap meanwhile waits for at most one other page. It never rejects.
 */
export async function preloadPages(): Promise<void> {
  for (const page of Object.values(PAGES)) {
    await whenIdle();
    // If a page cannot be loaded now, that is reported when the user opens it.
    await page.load().catch(() => undefined);
  }
}
