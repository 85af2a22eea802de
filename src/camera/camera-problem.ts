import { Problem } from '../problem.ts';

export type CameraProblemKind =
  | 'denied'
  | 'none'
  | 'busy'
  | 'constraint'
  | 'aborted'
  | 'insecure'
  | 'unsupported'
  | 'ended'
  | 'timeout'
  | 'unexpected';

export type CameraProblem = Problem<CameraProblemKind>;

/** What to tell a person: what happened, and the way out of it. */
interface CameraAdvice {
  readonly title: string;
  readonly wayOut: string;
  /** Whether trying again, here and now, can help. */
  readonly retry: boolean;
}

const ADVICE: Readonly<Record<CameraProblemKind, CameraAdvice>> = {
  denied: {
    title: 'The camera is not allowed',
    wayOut:
      'Allow it in the browser’s settings for this site (the icon beside the address), or for the browser in the phone’s settings. Then try again.',
    retry: true,
  },
  none: {
    title: 'No camera was found',
    wayOut: 'Connect one and try again, or choose photos that you already have.',
    retry: true,
  },
  busy: {
    title: 'Another app is using the camera',
    wayOut: 'Close the app or call that uses it, then try again.',
    retry: true,
  },
  constraint: {
    title: 'This camera cannot be opened this way',
    wayOut: 'Try again: the app then takes whichever camera there is.',
    retry: true,
  },
  aborted: {
    title: 'The camera stopped while it was starting',
    wayOut: 'Try again. If it keeps happening, restart the phone.',
    retry: true,
  },
  insecure: {
    title: 'The camera needs a secure address',
    wayOut: 'Open the app at its https:// address, or choose photos instead.',
    retry: false,
  },
  unsupported: {
    title: 'This browser has no camera for web apps',
    wayOut: 'Open the app in Chrome, Safari, Edge or Firefox, or choose photos instead.',
    retry: false,
  },
  ended: {
    title: 'The camera was switched off',
    wayOut: 'It was unplugged, taken by another app, or is no longer allowed. Try again.',
    retry: true,
  },
  timeout: {
    title: 'The camera is waiting for your answer',
    wayOut: 'The browser asks whether the camera is allowed: look for its question and answer it.',
    retry: true,
  },
  unexpected: {
    title: 'The camera does not start',
    wayOut: 'Try again, or choose photos that you already have.',
    retry: true,
  },
};

/** Names of the exceptions of getUserMedia (Media Capture and Streams, 10.3), old ones included. */
const KINDS: Readonly<Record<string, CameraProblemKind>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  DevicesNotFoundError: 'none',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  OverconstrainedError: 'constraint',
  AbortError: 'aborted',
  InvalidStateError: 'aborted',
};

export function cameraAdvice(kind: CameraProblemKind): CameraAdvice {
  return ADVICE[kind];
}

export function newCameraProblem(kind: CameraProblemKind, cause?: unknown): CameraProblem {
  return new Problem(kind, `${ADVICE[kind].title}.`, cause === undefined ? {} : { cause });
}

/** What getUserMedia threw, as a problem that a page can show. */
export function cameraProblem(thrown: unknown): CameraProblem {
  const name = thrown instanceof Error ? thrown.name : '';
  return newCameraProblem(KINDS[name] ?? 'unexpected', thrown);
}

/** Why this window has no camera to ask for, if it has none: an insecure page is given no API. */
export function missingCameraApi(
  hasApi: boolean,
  isSecureContext: boolean,
): CameraProblem | undefined {
  if (hasApi) return undefined;
  return newCameraProblem(isSecureContext ? 'unsupported' : 'insecure');
}
