import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';

/** Nothing answers there: every request is fulfilled from files. */
const ORIGIN = 'http://reader.test';

/** A page of somebody else: it has the files of an export and the scripts of a reader, no more. */
export async function openReader(
  browser: Browser,
  scripts: readonly string[],
  files: ReadonlyMap<string, Buffer>,
): Promise<Page> {
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname.slice(1));
    if (path === '') {
      await route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>Reader</title>',
      });
      return;
    }
    const isReader = scripts.includes(path) || path.startsWith('node_modules/');
    const body = files.get(path) ?? (isReader ? await readFile(path) : undefined);
    if (!body) await route.fulfill({ status: 404 });
    else await route.fulfill({ body, contentType: contentType(path) });
  });
  await page.goto(`${ORIGIN}/`);
  for (const url of scripts) await page.addScriptTag({ url: `${ORIGIN}/${url}` });
  return page;
}

function contentType(path: string): string {
  const type = {
    js: 'text/javascript',
    mjs: 'text/javascript',
    json: 'application/json',
    wasm: 'application/wasm',
    png: 'image/png',
  }[path.split('.').at(-1)!];
  return type ?? 'application/octet-stream';
}
