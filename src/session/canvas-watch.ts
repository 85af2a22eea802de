import { assertTrueCanvas } from '../image/canvas-check.ts';
import { Problem } from '../platform/problem.ts';

/** Whether pictures can be stored as they are. A `change` event is fired when `problem` changes. */
class CanvasWatch extends EventTarget {
  /** Set where the browser gives noise in place of pictures. */
  problem: Problem | undefined;

  /** Call it once, at the start. Never rejects. */
  async check(): Promise<void> {
    try {
      await assertTrueCanvas();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      this.dispatchEvent(new Event('change'));
    }
  }
}

/** The instance of this page. */
export const canvasWatch = new CanvasWatch();
