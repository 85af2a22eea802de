import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** Chromium's own words for what a test does on purpose, such as closing the server. */
const EXPECTED = /^Failed to load resource|net::ERR_|Permissions-Policy header/;

/**
 * Watches every page of a phone's browser for what the app must never do: break its content security
 * policy, throw an error that nobody catches, or ask any address but its own server's.
 *
 * @returns what was seen, in order; it grows
 */
export async function watchApp(context: BrowserContext): Promise<readonly string[]> {
  const complaints: string[] = [];
  await context.exposeBinding('complain', (_source, complaint: string) => {
    complaints.push(complaint);
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const { complain } = globalThis as unknown as { complain: (text: string) => void };
      complain(`Content security policy: ${effectiveDirective} ${blockedURI}`);
    });
  });
  context.on('weberror', (error) => {
    complaints.push(`Uncaught: ${error.error().message}`);
  });
  context.on('console', (message) => {
    if (isComplaint(message)) complaints.push(`Console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isLocal = url.hostname === 'localhost' || ['blob:', 'data:'].includes(url.protocol);
    if (!isLocal) complaints.push(`Another address: ${url.href}`);
  });
  return complaints;
}

function isComplaint(message: ConsoleMessage): boolean {
  return message.type() === 'error' && !EXPECTED.test(message.text());
}
