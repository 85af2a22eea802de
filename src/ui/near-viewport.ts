type Listener = (near: boolean) => void;

const listeners = new WeakMap<Element, Listener>();
let observer: IntersectionObserver | undefined;

/**
 * Calls back when an element comes within a screen's height of the viewport and when it leaves
 * again; returns the way to stop. One observer serves them all.
 */
export function nearViewport(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    // scrollMargin for pages that scroll inside the window; where it is unknown, near means seen.
    { rootMargin: '100% 0px', scrollMargin: '100% 0px' },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}
