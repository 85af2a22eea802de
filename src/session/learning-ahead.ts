import { startWorkerAhead } from '../learning/api/learning-worker.ts';
import { routeOf } from './routes.ts';

/**
 * Starts the learning worker where its answer is what the person waits for: its code then loads
 * beside that of the page.
 */
export function startLearningAhead(): void {
  if (routeOf(location.hash) === 'live') startWorkerAhead();
}
