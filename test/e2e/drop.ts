import type { JSHandle, Page } from '@playwright/test';

/** Where on the page, in CSS px. */
const PLACE = { x: 200, y: 200 };

/** What is dragged: data such as a link, or files and folders by their paths. */
interface Dragged {
  readonly items?: { mimeType: string; data: string }[];
  readonly files?: string[];
}

/** What the system does when something is dragged from elsewhere and dropped on the page. */
export async function drop(page: Page, data: Dragged): Promise<void> {
  await page.evaluate(() => customElements.whenDefined('pp-drop-target').then(() => undefined));
  const devtools = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', {
      type,
      ...PLACE,
      data: { items: [], ...data, dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  // A system says again and again where it drags: a page that is being drawn may replace what it
  // was over, and Chromium would then drop the files on what is gone, which opens them.
  let target: JSHandle<Element | null>;
  do {
    target = await elementAt(page);
    await drag('dragOver');
  } while (!(await target.evaluate((element) => element?.isConnected)));
  await drag('drop');
}

/** The innermost element at the place, in whatever shadow root. */
function elementAt(page: Page): Promise<JSHandle<Element | null>> {
  return page.evaluateHandle(({ x, y }) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner: Element | null = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  }, PLACE);
}

/** Drops files and folders on the page. */
export function dropFiles(page: Page, files: string[]): Promise<void> {
  return drop(page, { files });
}
