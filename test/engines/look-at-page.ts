/*
 * Functions for EngineBrowser.run, which run in the page: each uses nothing from around it but
 * `find`.
 */

/**
 * How the open page is laid out, whatever has arrived in it: by element and class, the styles that
 * hang on the size of the window and not on the content.
 */
export async function layoutOf(): Promise<Record<string, string>> {
  // WebKit asks @container again when it renders, not when a script asks for a style.
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const { children } = find('pp-page-outlet', true)!.shadowRoot!;
  const page = [...children].find(({ localName }) => localName.endsWith('-page'))!;
  const layout: Record<string, string> = {};
  const look = (element: Element, place: string): void => {
    if (element instanceof SVGElement) return;
    const { display, flexDirection, gridTemplateAreas, padding } = getComputedStyle(element);
    layout[`${place} ${element.localName}.${element.className}`] ??=
      `${display}, ${flexDirection}, ${gridTemplateAreas}, padding ${padding}`;
    for (const child of element.children) look(child, place);
    for (const child of element.shadowRoot?.children ?? []) look(child, element.localName);
  };
  look(page, '');
  return layout;
}

/** What is wider than the place in which it scrolls, of the window and the page. */
export function widerThanWindow(): string[] {
  const outlet = find('pp-page-outlet', true)!;
  return [document.documentElement, document.body, outlet]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map(
      ({ localName, scrollWidth, clientWidth }) => `${localName}: ${scrollWidth} in ${clientWidth}`,
    );
}

/** Controls of the page and the tab bar that no scrolling brings where they can be tapped. */
export function controlsOutOfReach(): string[] {
  const faults: string[] = [];
  const parentOf = (element: Element): Element | null =>
    element.assignedSlot ??
    element.parentElement ??
    (element.getRootNode() as Partial<ShadowRoot>).host ??
    null;
  const isInside = (inner: Element | null, outer: Element): boolean => {
    for (let at = inner; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const hitAt = (x: number, y: number): Element | null => {
    let hit = document.elementFromPoint(x, y);
    for (;;) {
      const deeper = hit?.shadowRoot?.elementFromPoint(x, y);
      if (!deeper || deeper === hit) return hit;
      hit = deeper;
    }
  };
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches('a[href], button, input, select, summary, textarea')) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      // For screen readers alone.
      if (width <= 1 || height <= 1) continue;
      const name = `${element.localName} “${element.getAttribute('aria-label') ?? element.textContent.trim()}”`;
      const isIn = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
      const label = (element as HTMLInputElement).labels?.[0];
      const hit = hitAt(left + width / 2, top + height / 2);
      // A notice goes away.
      const isNotice = isInside(hit, find('pp-notice-bar', false)!);
      const isHit = isInside(hit, element) || (label && isInside(hit, label));
      if (!isIn)
        faults.push(`${name} is at ${[left, top, right, bottom].map(Math.round).join(' ')}`);
      else if (!isHit && !isNotice) faults.push(`${name} is under ${hit?.localName ?? 'nothing'}`);
    }
  };
  const scrollBack = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.scrollTop !== 0 || element.scrollLeft !== 0) element.scrollTo(0, 0);
      if (element.shadowRoot) scrollBack(element.shadowRoot);
    }
  };
  look(document);
  scrollBack(document);
  return faults;
}
