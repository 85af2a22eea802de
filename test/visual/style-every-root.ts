import type { Page } from '@playwright/test';

/**
 * Puts style rules into the document and each of its shadow roots, in the place of those that the
 * call before put there. A constructed stylesheet keeps to the app's content security policy, which
 * refuses the `<style>` elements of Playwright's own `stylePath`.
 */
export function styleEveryRoot(page: Page, css: string): Promise<void> {
  return page.evaluate((rules) => {
    const scope = globalThis as unknown as { testStyles?: CSSStyleSheet };
    const sheet = (scope.testStyles ??= new CSSStyleSheet());
    sheet.replaceSync(rules);
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        if (shadowRoot) roots.push(shadowRoot);
      }
    }
  }, css);
}
