import type { Page } from '@playwright/test';

/** What is dragged: data such as a link, or files and folders by their paths. */
interface Dragged {
  readonly items?: { mimeType: string; data: string }[];
  readonly files?: string[];
}

/** What the system does when something is dragged from elsewhere and dropped on the page. */
export async function drop(page: Page, data: Dragged): Promise<void> {
  await page.evaluate(() => customElements.whenDefined('pp-drop-target').then(() => undefined));
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: 200,
      y: 200,
      data: { items: [], ...data, dragOperationsMask: 1 },
    });
  }
}

/** Drops files and folders on the page. */
export function dropFiles(page: Page, files: string[]): Promise<void> {
  return drop(page, { files });
}
