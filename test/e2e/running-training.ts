import type { Page } from '@playwright/test';

/**
 * Until the training that runs fine-tunes: a training of a tiny base is soon over, so every frame of
 * the screen is looked at.
 *
 * @param then `pause` taps "Pause" in that very frame
 */
export async function untilFineTuning(page: Page, then?: 'pause'): Promise<void> {
  await page.locator('pp-running-card').evaluate(
    (card, then) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const root = card.shadowRoot;
          if (/^\s*Fine-tuning: epoch/.test(root?.querySelector('h2')?.textContent ?? '')) {
            if (then) root?.querySelector<HTMLElement>(`[data-action="${then}"]`)?.click();
            resolve();
          } else requestAnimationFrame(look);
        };
        look();
      }),
    then,
  );
}
