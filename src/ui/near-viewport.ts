type Listener = (near: boolean) => void;

const listeners = new WeakMap<Element, Listener>();
let observer: IntersectionObserver | undefined;

/**
 * Calls back when an element comes within one viewport height of the viewport, and when it leaves
 * that range. All elements share one IntersectionObserver.
 *
 * @returns stops observing
 */
export function nearViewport(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    // scrollMargin is for pages that scroll inside the window. In browsers without it, elements
    // there are near only when they are visible.
    { rootMargin: '100% 0px', scrollMargin: '100% 0px' },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}
