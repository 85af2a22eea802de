import { expect, type Page } from '@playwright/test';
import { visit } from './phone-test.ts';

/** A page, a dialog or a state of one, and the taps that lead to it from the state before. */
export interface State {
  readonly name: string;
  /** Ends when all of the state is on the screen. Nothing is found by its words. */
  readonly reach: (page: Page) => Promise<void>;
}

/** States of one part of the app, which follow each other in one visit. */
interface Walk {
  readonly part: string;
  readonly states: readonly State[];
}

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();
const seen = (page: Page, selector: string) => expect(page.locator(selector).first()).toBeVisible();

/** Ends when the dialog's entry is out of the history too: what is visited next stays. */
async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/#\/photos\/(?!examine|check)/);
}

/** What says that a page without photos and models has all that it shows. */
const EMPTY_PAGES = {
  photos: 'pp-photos-page .empty h2',
  train: 'pp-too-few-card',
  live: 'pp-live-page section.sheet',
  models: '[data-no-models] h2',
  settings: 'pp-storage-section dd[data-persisted]',
} as const;

/** Every page of an app that was just opened, without a camera, photos or models. */
export const emptyStates: readonly State[] = [
  {
    name: 'Capture, before the camera',
    reach: (page) => seen(page, 'pp-camera-gate section'),
  },
  ...Object.entries(EMPTY_PAGES).map(([place, ready]) => ({
    name: `${place}, empty`,
    reach: async (page: Page) => {
      await visit(page, place);
      await seen(page, ready);
    },
  })),
];

/** Pages with photos before the first training. */
export const untrainedStates: readonly State[] = [
  {
    name: 'Photos, without a model',
    reach: async (page) => {
      await visit(page, 'photos');
      await seen(page, '[data-photo] img');
    },
  },
  {
    name: 'a photo, without a model',
    reach: async (page) => {
      await page.locator('[data-photo]').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'Train, without a model',
    reach: async (page) => {
      await closeDialog(page);
      await visit(page, 'train');
      await expect(action(page, 'train')).toBeEnabled();
    },
  },
];

const CAPTURE: readonly State[] = [
  {
    name: 'Capture, live',
    reach: async (page) => {
      await visit(page, 'capture');
      await expect(page.locator('pp-shutter button').first()).toBeEnabled();
    },
  },
];

const PHOTOS: readonly State[] = [
  {
    name: 'Photos',
    reach: async (page) => {
      await visit(page, 'photos');
      await seen(page, '[data-photo] img');
    },
  },
  {
    name: 'a photo',
    reach: async (page) => {
      await page.locator('[data-photo]').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await seen(page, 'pp-photo-view [data-opinion]');
    },
  },
  {
    name: 'import',
    reach: async (page) => {
      await closeDialog(page);
      await action(page, 'import').click();
      await seen(page, '[data-import-state] [data-class]');
    },
  },
  {
    name: 'some photos chosen',
    reach: async (page) => {
      await closeDialog(page);
      await action(page, 'select').click();
      await page.locator('[data-photo]').first().click();
      await expect(action(page, 'delete-selected')).toBeVisible();
    },
  },
  {
    name: 'examine',
    reach: async (page) => {
      await closeDialog(page);
      await page.evaluate(() => (location.hash = '#/photos/examine'));
      await seen(page, '[data-example] img');
    },
  },
  {
    name: 'check',
    reach: async (page) => {
      await page.evaluate(() => (location.hash = '#/photos/check'));
      await seen(page, '[data-check], [data-nothing-to-check]');
    },
  },
];

const TRAIN: readonly State[] = [
  {
    name: 'Train, ready',
    reach: async (page) => {
      await visit(page, 'train');
      await expect(action(page, 'train')).toBeEnabled();
    },
  },
  {
    name: 'options',
    reach: async (page) => {
      await action(page, 'options').click();
      await seen(page, '[data-preset]');
    },
  },
  {
    name: 'options, every one, and an error',
    reach: async (page) => {
      await page.locator('pp-expert-panel summary').click();
      await page.locator('[data-option="fine-tuning"]').check();
      await page.locator('[data-number="epochs"]').fill('none');
      await page.locator('pp-options-dialog button.primary').click();
      await expect(page.locator('[data-number="epochs"]')).toBeFocused();
    },
  },
  {
    name: 'Train, done',
    reach: async (page) => {
      await page.locator('[data-option="fine-tuning"]').uncheck();
      await closeDialog(page);
      await action(page, 'train').click();
      await expect(page.locator('pp-train-page')).toHaveAttribute('data-train-state', 'done');
      await seen(page, '[data-result]');
    },
  },
  {
    name: 'under the hood',
    reach: async (page) => {
      await page.locator('pp-epoch-table summary').first().click();
      await page.locator('pp-under-the-hood summary').first().click();
      await expect(page.locator('pp-summary-table')).toHaveCount(2);
    },
  },
];

const MODELS: readonly State[] = [
  {
    name: 'Models',
    reach: async (page) => {
      await visit(page, 'models');
      await expect(page.locator('[data-model]')).toHaveCount(2);
      await seen(page, '[data-model][data-in-use="true"]');
    },
  },
  {
    name: 'a name for a model',
    reach: async (page) => {
      await action(page, 'rename').click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a model to add',
    reach: async (page) => {
      await closeDialog(page);
      await action(page, 'open-add-model').click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'the camera that reads QR codes',
    reach: async (page) => {
      await action(page, 'read-codes').click();
      await seen(page, 'pp-read-codes [data-codes]');
    },
  },
  {
    name: 'a model to send',
    reach: async (page) => {
      await action(page, 'close-reader').click();
      await closeDialog(page);
      await action(page, 'send').first().click();
      await seen(page, 'dialog[data-send-state="ready"]');
    },
  },
  {
    name: 'its QR codes',
    reach: async (page) => {
      await action(page, 'show-codes').click();
      await seen(page, 'pp-qr-code canvas');
    },
  },
  {
    name: 'a result',
    reach: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.locator('pp-qr-code canvas')).toBeHidden();
      await closeDialog(page);
      await page.locator('[data-model] h2 a').first().click();
      await page.locator('[data-cell]').first().click();
      await seen(page, '[data-cell-photos] [data-predicted] img');
      await page.locator('pp-models-page summary').first().click();
    },
  },
];

const LIVE: readonly State[] = [
  {
    name: 'Live, answering',
    reach: async (page) => {
      await visit(page, 'live');
      await seen(page, '[data-answer]');
    },
  },
  {
    name: 'Live, frozen, with its heat map',
    reach: async (page) => {
      await action(page, 'freeze').click();
      await action(page, 'heat-map').click();
      await seen(page, 'pp-heat-map canvas');
    },
  },
];

const SETTINGS: readonly State[] = [
  {
    name: 'Settings',
    reach: async (page) => {
      await visit(page, 'settings');
      await seen(page, EMPTY_PAGES.settings);
      await seen(page, 'pp-base-choice');
    },
  },
  ...['back-up', 'add-class'].map((sheet) => ({
    name: sheet,
    reach: async (page: Page) => {
      await closeDialog(page);
      await action(page, sheet).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      if (sheet === 'back-up') await expect(page.getByRole('dialog')).toContainText('48');
    },
  })),
];

/** Every page, dialog and state with photos and models that a tap or two lead to. */
export const everyState: readonly Walk[] = [
  { part: 'Capture', states: CAPTURE },
  { part: 'Photos', states: PHOTOS },
  { part: 'Train', states: TRAIN },
  { part: 'Models', states: MODELS },
  { part: 'Live', states: LIVE },
  { part: 'Settings', states: SETTINGS },
];
