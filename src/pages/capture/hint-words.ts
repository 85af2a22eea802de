import type { FrameHint } from '../../camera/frame-hints.ts';
import type { TrackControls } from '../../camera/track-controls.ts';
import { msg } from '../../i18n/msg.ts';

/** What to do about a hint, with the controls that this camera has. */
export function hintWords(
  hint: FrameHint,
  controls: Pick<TrackControls, 'torch' | 'focuses'> | undefined,
): string {
  switch (hint) {
    case 'dark':
      return controls?.torch === 'off'
        ? msg('Too dark: use the light at the top')
        : msg('Too dark: find more light');
    case 'blurred':
      return controls?.focuses
        ? msg('Blurred: hold still, or tap to focus')
        : msg('Blurred: hold still');
    case 'far':
      return msg('Too far: come closer');
  }
}
