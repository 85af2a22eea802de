import type { LearningClient } from '../learning/api/learning-client.ts';

/**
 * Tells the learning worker whether the page is hidden, now and whenever that changes: it then gives
 * its helper threads back, or takes them again.
 *
 * @returns a function that stops it
 */
export function tellVisibility(learning: LearningClient): () => void {
  const tell = () => {
    learning.setHidden(document.hidden);
  };
  tell();
  document.addEventListener('visibilitychange', tell);
  return () => {
    document.removeEventListener('visibilitychange', tell);
  };
}
