import { expect, test, visit } from './phone-test.ts';

test('the button that trains stands still from the moment it can be pressed', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/train`);
  await expect(page.locator('[data-action="train"]')).toBeEnabled();
  await visit(page, 'photos');
  // The engine is ready: the page comes at once, and the time that it estimates a little later.
  const places = page.evaluate(async () => {
    const find = (selector: string, root: ParentNode = document): Element | undefined => {
      const found = root.querySelector(selector);
      if (found) return found;
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        const deeper = shadowRoot && find(selector, shadowRoot);
        if (deeper) return deeper;
      }
      return undefined;
    };
    const places = new Set<number>();
    let frames = 0;
    while (frames < 10) {
      await new Promise(requestAnimationFrame);
      const button = find('[data-action="train"]:enabled');
      if (button) places.add(Math.round(button.getBoundingClientRect().y));
      if (find('[data-seconds]')) frames++;
    }
    return [...places];
  });
  await visit(page, 'train');
  expect(await places).toHaveLength(1);
});
