import type { BrowserContext, Page } from '@playwright/test';
import { addHits } from '../scripts/coverage/hits-file.ts';

const PREFIX = 'coverage ';
const FLUSH_TIMEOUT_MS = 2_000;

/**
 * Under COVERAGE=1, collects what runs in a browser's pages, workers and service workers, which they
 * say on the console: see scripts/coverage/report-hits.mjs.
 */
export function collectCoverage(context: BrowserContext): void {
  if (!process.env['COVERAGE']) return;
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'debug' || !text.startsWith(PREFIX)) return;
    addHits(JSON.parse(text.slice(PREFIX.length)) as Record<string, string[]>);
  });
  const close = context.close.bind(context);
  context.close = async (options) => {
    await reportAll(context);
    await close(options);
  };
}

/** Has every realm say what it has not said yet; one that does not answer soon is left. */
async function reportAll(context: BrowserContext): Promise<void> {
  const pages = context.pages();
  const realms = [
    ...pages,
    ...pages.flatMap((page) => page.workers()),
    ...context.serviceWorkers(),
  ];
  const reports = realms.map((realm: Pick<Page, 'evaluate'>) =>
    realm.evaluate('globalThis.reportCoverage?.()').catch(() => undefined),
  );
  const timeout = new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS));
  await Promise.race([Promise.all(reports), timeout]);
}
