import { msg, str } from '../i18n/msg.ts';

/**
 * What the browser withholds from the whole app, with a localized sentence: by plain http, what
 * needs a secure context (the camera, `crypto.subtle`, `crypto.randomUUID`, Cache Storage, Web Locks,
 * VideoFrame, service workers); with blocked site data, every kind of storage.
 */
export interface Withheld {
  readonly kind: 'insecure' | 'site-data';
  readonly message: string;
}

/** The page is not at a secure address. */
export function insecureAddress(): Withheld {
  const { hostname, host, port, pathname } = location;
  // Also where a worker says it, whose own address is in a folder below.
  const folder = pathname.replace(/(?:assets\/)?[^/]*$/, '');
  const [secure, local] = [`https://${host}${folder}`, `http://localhost:${port || 80}${folder}`];
  return {
    kind: 'insecure',
    message: IN_A_NETWORK.test(hostname)
      ? msg(
          str`This address is not secure (http), so the camera, saving photos and training do not work here. Open the app at its https:// address, or at ${local} on the computer that serves it.`,
        )
      : msg(
          str`This address is not secure (http), so the camera, saving photos and training do not work here. Open the app at its https:// address: ${secure}`,
        ),
  };
}

/** Numbers, and names that only a home's network knows. */
const IN_A_NETWORK = /^[\d.]+$|^\[|^[^.]+$|\.(?:local|lan|home|internal)$/;

/** The user or the browser blocks site data. */
export function blockedSiteData(): Withheld {
  return {
    kind: 'site-data',
    message: msg(
      'The browser blocks site data for this address, so the app can save nothing here. Allow site data (cookies) in the browser’s settings, then reload.',
    ),
  };
}

/** There is no database at all, as in Lockdown Mode. */
export function withoutDatabase(): Withheld {
  return {
    kind: 'site-data',
    message: msg(
      'This browser does not let the app store anything here. Leave private browsing or Lockdown Mode and open it again.',
    ),
  };
}

/** What the browser withholds from this thread, if that caused `thrown`; undefined otherwise. */
export function withheldBecauseOf(thrown: unknown): Withheld | undefined {
  // A missing API is a ReferenceError where it is a global, and a TypeError where it is a property.
  const isMissing = thrown instanceof ReferenceError || thrown instanceof TypeError;
  if (isMissing && isInsecure()) return insecureAddress();
  return isBlocked(thrown) ? blockedSiteData() : undefined;
}

/**
 * Whether a Problem, by its kind, is that the browser withholds something from the whole app; for
 * `canvas` see image/canvas-check.ts.
 */
export function isWithheld({ kind }: { readonly kind: string }): boolean {
  return kind === 'insecure' || kind === 'site-data' || kind === 'canvas';
}

/** Whether this page or worker is at an address by plain http, except on the device itself. */
export function isInsecure(): boolean {
  // Undefined in Node, where unit tests run.
  return (globalThis as { isSecureContext?: boolean }).isSecureContext === false;
}

/** Most storage throws a SecurityError; Chromium's IndexedDB has another name, but says why. */
function isBlocked(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return thrown.name === 'SecurityError' || /user denied permission to/i.test(thrown.message);
}
