import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';

export type CameraProblemKind =
  | 'denied'
  | 'dismissed'
  | 'blocked'
  | 'none'
  | 'busy'
  | 'constraint'
  | 'aborted'
  | 'insecure'
  | 'unsupported'
  | 'ended'
  | 'timeout'
  | 'slow'
  | 'unexpected';

export type CameraProblem = Problem<CameraProblemKind>;

/** Localized sentences about a problem. */
interface CameraAdvice {
  /** What happened. */
  readonly title: string;
  /** What the user can do. */
  readonly wayOut: string;
  /** Whether a button to try again makes sense. */
  readonly retry: boolean;
}

const advice = (): Readonly<Record<CameraProblemKind, CameraAdvice>> => ({
  denied: {
    title: msg('The camera is not allowed'),
    wayOut: msg(
      'Allow it in the browser’s settings for this site (the icon beside the address), or for the browser in the phone’s settings. Then try again.',
    ),
    retry: true,
  },
  dismissed: {
    title: msg('The question was closed without an answer'),
    wayOut: msg('Tap below to be asked again, and choose Allow.'),
    retry: true,
  },
  blocked: {
    title: msg('The phone keeps the camera from the browser'),
    wayOut: msg(
      'Open the phone’s settings, find the browser among the apps, and allow it the camera. On a computer it stands under privacy. Then try again.',
    ),
    retry: true,
  },
  none: {
    title: msg('No camera was found'),
    wayOut: msg('Connect one and try again, or choose photos that you already have.'),
    retry: true,
  },
  busy: {
    title: msg('Another app is using the camera'),
    wayOut: msg('Close the app or call that uses it, then try again.'),
    retry: true,
  },
  constraint: {
    title: msg('This camera cannot be opened this way'),
    wayOut: msg('Try again: the app then takes whichever camera there is.'),
    retry: true,
  },
  aborted: {
    title: msg('The camera stopped while it was starting'),
    wayOut: msg('Try again. If it keeps happening, restart the phone.'),
    retry: true,
  },
  insecure: {
    title: msg('The camera needs a secure address'),
    wayOut: msg('Open the app at its https:// address.'),
    retry: false,
  },
  unsupported: {
    title: msg('This browser has no camera for web apps'),
    wayOut: msg('Open the app in Chrome, Safari, Edge or Firefox, or choose photos instead.'),
    retry: false,
  },
  ended: {
    title: msg('The camera was switched off'),
    wayOut: msg('It was unplugged, taken by another app, or is no longer allowed. Try again.'),
    retry: true,
  },
  timeout: {
    title: msg('The camera is waiting for your answer'),
    wayOut: msg(
      'The browser asks whether the camera is allowed: look for its question, at the top or the bottom, and answer it. The picture then comes by itself. No question there? Reload the page.',
    ),
    retry: false,
  },
  slow: {
    title: msg('The camera takes long to start'),
    wayOut: msg(
      'The app goes on waiting, and the picture comes by itself. If it does not, close other apps that may use the camera and reload the page.',
    ),
    retry: false,
  },
  unexpected: {
    title: msg('The camera does not start'),
    wayOut: msg('Try again, or choose photos that you already have.'),
    retry: true,
  },
});

/** The exceptions of `getUserMedia` (Media Capture and Streams, 10.3), including obsolete names. */
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

/** What to tell the user about a problem. */
export function cameraAdvice(kind: CameraProblemKind): CameraAdvice {
  return advice()[kind];
}

/** A Problem whose message is the title of its advice. */
export function newCameraProblem(kind: CameraProblemKind, cause?: unknown): CameraProblem {
  return new Problem(kind, `${cameraAdvice(kind).title}.`, cause === undefined ? {} : { cause });
}

/**
 * Converts what `getUserMedia` threw to a Problem. Only the message of Chromium tells whether the
 * user or the system denied the permission; for other browsers it is taken to be the user.
 */
export function cameraProblem(thrown: unknown): CameraProblem {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' };
  const kind = KINDS[name] ?? 'unexpected';
  if (kind === 'denied' && /\bdismissed\b/i.test(message)) {
    return newCameraProblem('dismissed', thrown);
  }
  if (kind === 'denied' && /\bby system\b/i.test(message))
    return newCameraProblem('blocked', thrown);
  return newCameraProblem(kind, thrown);
}

/**
 * Why this page has no `getUserMedia`: it is insecure, or the browser lacks it. Undefined if it
 * has.
 */
export function missingCameraApi(
  hasApi: boolean,
  isSecureContext: boolean,
): CameraProblem | undefined {
  if (hasApi) return undefined;
  return newCameraProblem(isSecureContext ? 'unsupported' : 'insecure');
}
