import { msg } from '../i18n/msg.ts';
import { installApp, isIos, isMac } from './install-app.ts';

/**
 * Whether the browser deletes what this page stores after seven days of use in which the person did
 * not open it: WebKit on iOS and Safari on macOS, in a tab. Apps on the home screen and in the Dock
 * are exempt (https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/).
 */
export function isClearedUnused(): boolean {
  const isSafari = isMac() && /^((?!Chrom|Edg|Firefox).)*Safari/.test(navigator.userAgent);
  return installApp.way !== 'installed' && (isIos() || isSafari);
}

/** The sentence that explains Safari's seven-day rule. */
export function sevenDaysSentence(): string {
  return msg(
    'If you do not open this page for seven days, the browser deletes your photos and models in this tab.',
  );
}
