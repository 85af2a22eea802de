import type { OfflineState } from '../../session/updates.ts';
import { msg } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';

/** Whether everything works offline, and if not, what the user can do about it. */
export function airplaneSentence(
  offline: OfflineState,
  { phase, info }: Pick<EngineStatus, 'phase' | 'info'>,
): string {
  if (offline === 'unsupported') {
    return msg(
      'This browser does not store the app, perhaps because the window is private: it needs the internet each time. Your photos stay on this phone.',
    );
  }
  if (offline === 'failed') {
    return msg(
      'The app could not be stored, so it needs the internet for now. Try again with a good connection.',
    );
  }
  if (phase === 'failed') {
    return msg(
      'The base model did not start. Taking and keeping photos works; training and live answers do not.',
    );
  }
  if (phase === 'ready' && info?.baseStored === false) {
    return msg(
      'The phone has no room to keep the base model. It works until you close the app; then it must be fetched again. Free some space, then open the app once more.',
    );
  }
  if (offline === 'ready' && phase === 'ready') {
    return msg('Ready. Taking photos, training and live answers work without a network.');
  }
  return msg('Stay online a moment longer: then everything works without a network.');
}
