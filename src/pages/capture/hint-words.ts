import type { FrameHint } from '../../camera/frame-hints.ts';
import type { TrackControls } from '../../camera/track-controls.ts';

/** What to do about it, with what this camera has for it. */
export function hintWords(
  hint: FrameHint,
  controls: Pick<TrackControls, 'torch' | 'focuses'> | undefined,
): string {
  switch (hint) {
    case 'dark':
      return controls?.torch === 'off'
        ? 'Too dark: use the light at the top'
        : 'Too dark: find more light';
    case 'blurred':
      return controls?.focuses ? 'Blurred: hold still, or tap to focus' : 'Blurred: hold still';
    case 'far':
      return 'Too far: come closer';
  }
}
