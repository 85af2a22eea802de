import { expect } from '@playwright/test';
import type { Route } from '../../src/session/routes.ts';
import type { AppInEngine } from '../../test/engines/app-in-engine.ts';

/** A page, a dialog or a state of one. */
export interface Screen {
  readonly name: string;
  /** From the page before, without any dialog. Ends when all of the screen is there. */
  readonly reach: (app: AppInEngine, files: WalkFiles) => Promise<void>;
  /** What is scrolled to at each size; the top of the page where nothing is named. */
  readonly at?: string;
}

/** Files that the walk chooses. */
export interface WalkFiles {
  readonly cats: readonly string[];
  readonly dogs: readonly string[];
  /** A zip of folders of which the names tell nothing. */
  readonly archive: string;
}

/** Under other load; the base is the real one. */
const LONG = { timeout: 60_000 };

/** In the words of AppInEngine: until something can be seen. */
function until(app: AppInEngine, selector: string): Promise<void> {
  return expect
    .poll(() => app.isVisible(selector), { ...LONG, message: `until ${selector}` })
    .toBe(true);
}

const SHUTTER = 'button:has(> .ring):enabled';

const action = (name: string) => `[data-action="${name}"]`;

/** Goes to a page. */
const visits = (route: Route, ready: string) => async (app: AppInEngine) => {
  await app.visit(route);
  await until(app, ready);
};

/** Another part of what is there already. */
const stays = () => Promise.resolve();

/** Opens what a button of a page opens. */
const opens = (button: string, ready: string) => async (app: AppInEngine) => {
  await app.click(action(button));
  await until(app, ready);
};

/** The place of a view that has an address of its own but is no page. */
const place = (hash: string, ready: string) => async (app: AppInEngine) => {
  await app.browser.run((hash) => {
    location.hash = hash;
  }, hash);
  await until(app, ready);
};

const CAPTURE: readonly Screen[] = [
  {
    name: 'capture-camera',
    reach: async (app) => {
      await app.visit('capture');
      await app.openCamera(SHUTTER);
    },
  },
  {
    name: 'capture-shot',
    reach: async (app) => {
      for (let i = 0; i < 2; i++) await app.click(SHUTTER);
      await until(app, '.line[role="status"] button');
    },
  },
];

const PHOTOS: readonly Screen[] = [
  { name: 'photos', reach: visits('photos', '[data-photo] img') },
  { name: 'photos-import', reach: opens('import', '.classes [data-class="cat"]') },
  {
    name: 'photos-import-groups',
    reach: async (app, { archive }) => {
      await app.click(action('import'));
      await app.browser.chooseFiles('[data-import-archive]', [archive]);
      await until(app, '[data-group]:last-child img');
    },
  },
  {
    name: 'photos-square',
    reach: async (app) => {
      await app.click(action('import'));
      await app.click(action('adjust-squares'));
      await until(app, '[data-square]');
    },
  },
  {
    name: 'photo',
    reach: async (app) => {
      await app.click('[data-photo]');
      await until(app, '[data-opinion]');
    },
  },
  { name: 'photos-selected', reach: selectPhotos },
  { name: 'photos-examine', reach: place('#/photos/examine', '[data-example] pp-photo-thumbnail') },
  {
    name: 'photos-check',
    reach: place('#/photos/check', '[data-check], [data-nothing-to-check]'),
  },
];

async function selectPhotos(app: AppInEngine): Promise<void> {
  await app.visit('photos');
  await app.click(action('select'));
  await app.click('[data-photo]');
  await until(app, action('delete-selected'));
}

const TRAIN: readonly Screen[] = [
  { name: 'train', reach: visits('train', '[data-result]') },
  { name: 'train-history', reach: stays, at: 'pp-history-card' },
  {
    name: 'train-hood',
    reach: async (app) => {
      await app.click('[data-hood] summary');
      await until(app, 'pp-summary-table');
    },
    at: 'pp-under-the-hood',
  },
  { name: 'train-options', reach: opens('options', '[data-preset]') },
];

const LIVE: readonly Screen[] = [
  {
    name: 'live-camera',
    reach: async (app) => {
      await app.visit('live');
      await app.openCamera('[data-answer]');
    },
  },
  {
    name: 'live-photo',
    reach: async (app, { cats }) => {
      await app.ask(cats[0]!);
    },
  },
  { name: 'live-frame', reach: opens('frame', '[data-frame]') },
  { name: 'live-heat-map', reach: opens('heat-map', 'pp-heat-map') },
  {
    name: 'live-many',
    reach: async (app, { cats, dogs }) => {
      await place('#/live?many', '[data-many-state]')(app);
      await app.browser.chooseFiles('[data-many-photos]', [...cats, ...dogs]);
      await until(app, '[data-many-state="done"]');
    },
  },
];

const MODELS: readonly Screen[] = [
  { name: 'models', reach: visits('models', '[data-model][data-in-use="true"]') },
  { name: 'models-export', reach: opens('export', '[data-export-state="choosing"]') },
  { name: 'models-send', reach: opens('send', '[data-send-state="ready"]') },
  {
    name: 'models-send-codes',
    reach: async (app) => {
      await opens('send', '[data-send-state="ready"]')(app);
      await opens('show-codes', 'canvas[data-code]')(app);
    },
  },
  { name: 'models-add', reach: opens('open-add-model', 'dialog[data-add-model]') },
  {
    name: 'models-read-codes',
    reach: async (app) => {
      await opens('open-add-model', 'dialog[data-add-model]')(app);
      await opens('read-codes', '[data-codes]')(app);
      await app.openCamera('[data-codes]');
    },
  },
  {
    name: 'model',
    reach: async (app) => {
      await app.click('a[href^="#/models/"]');
      await until(app, '[data-cell]');
    },
  },
  { name: 'model-calibration', reach: stays, at: 'pp-calibration-card' },
];

const SETTINGS: readonly Screen[] = [
  { name: 'settings', reach: visits('settings', 'dd[data-persisted]') },
  ...['classes', 'squares', 'base', 'storage'].map((part) => ({
    name: `settings-${part}`,
    reach: stays,
    at: part === 'squares' ? 'pp-squares-switch' : `pp-${part}-section`,
  })),
  { name: 'settings-back-up', reach: opens('back-up', action('save-backup')) },
  { name: 'settings-add-class', reach: opens('add-class', 'dialog[open] input') },
];

/** All of the app with photos and a trained model. */
export const SCREENS: readonly Screen[] = [
  ...PHOTOS,
  ...TRAIN,
  ...MODELS,
  ...LIVE,
  ...SETTINGS,
  // Last, because it takes photos.
  ...CAPTURE,
];
