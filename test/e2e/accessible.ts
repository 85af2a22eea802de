import { expect, type Page } from '@playwright/test';
import axe, { type RunOnly } from 'axe-core';

/** WCAG 2.2 at level AA, and what axe knows to be good besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe looks for in each theme: the dark one changes nothing but colours. */
const THEMES = {
  light: { type: 'tag', values: TAGS },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} satisfies Record<string, RunOnly>;

/** Axe finds nothing, in both themes. Motion is off, so that no colour is caught half way. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await findViolations(page, THEMES[colorScheme]);
    expect.soft(violations, `${state}, ${colorScheme}`).toEqual([]);
  }
}

/** Axe stays in the page for the next state, which takes a tenth of the time of `AxeBuilder`. */
async function findViolations(page: Page, runOnly: RunOnly): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help}\n${target.join(' ')}\n${failureSummary}`,
      ),
    );
  }, runOnly);
}

/**
 * What can be tapped is 44 px each way, as far as it is seen; axe asks for 24. A link in a line of text
 * is as high as its line, and a field that a label holds is as large as that.
 */
export async function expectLargeTargets(page: Page, state: string): Promise<void> {
  const small = await page.evaluate(() => {
    const TARGETS = 'button, a[href], input, select, summary, [role="button"], [role="slider"]';
    const small: string[] = [];
    const roots: ParentNode[] = [document];
    for (let root = roots.pop(); root; root = roots.pop()) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (!element.matches(TARGETS) || !element.checkVisibility({ visibilityProperty: true }))
          continue;
        const target = element.closest('label') ?? element;
        const { width, height } = target.getBoundingClientRect();
        const isHidden = width <= 1 || height <= 1 || getComputedStyle(element).opacity === '0';
        const isInline = getComputedStyle(element).display === 'inline';
        if (isHidden || isInline || (width >= 43.5 && height >= 43.5)) continue;
        const words = (element.getAttribute('aria-label') ?? element.textContent).trim();
        small.push(
          `${element.localName} “${words.slice(0, 30)}” ${width.toFixed(0)} x ${height.toFixed(0)}`,
        );
      }
    }
    return small;
  });
  expect.soft(small, state).toEqual([]);
}

/** Nothing that scrolls up and down on purpose scrolls sideways too, as far as shadow roots go. */
export async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const wide: string[] = [];
    const roots: ParentNode[] = [document];
    for (let root = roots.pop(); root; root = roots.pop()) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        const { overflowX, overflowY } = getComputedStyle(element);
        const scrolls = overflowY === 'auto' || overflowY === 'scroll' || element === document.body;
        const sideways = element.scrollWidth - element.clientWidth;
        // Rows that are meant to go on to the side.
        const isMeant = element.matches('.chips, .shutters');
        if (scrolls && !isMeant && overflowX !== 'visible' && sideways > 1) {
          wide.push(`${element.localName}.${element.className}: ${sideways} px too wide`);
        }
      }
    }
    return wide;
  });
  expect.soft(wide, state).toEqual([]);
}
