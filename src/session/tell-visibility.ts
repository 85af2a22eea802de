import type { LearningClient } from '../learning/api/learning-client.ts';

/**
 * Tells the learning worker whenever the page is hidden or seen again: it then gives its helper
 * threads back, or takes them again.
 *
 * @returns a function that stops it
 */
export function tellVisibility(learning: LearningClient): () => void {
  const tell = () => {
    learning.setHidden(document.hidden);
  };
  document.addEventListener('visibilitychange', tell);
  return () => {
    document.removeEventListener('visibilitychange', tell);
  };
}
