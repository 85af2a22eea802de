import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROUTES } from '../src/session/routes.ts';
import { AppInEngine } from '../test/engines/app-in-engine.ts';
import { DESKTOP, LANDSCAPE, PORTRAIT } from '../test/engines/engine-browser.ts';
import { KeptBrowser, type Engine } from '../test/engines/kept-browser.ts';
import { drawnPets, renderJpegs } from '../test/fixtures/camera-file.ts';
import { tinyApp } from '../test/fixtures/tiny-app.ts';
import { hasEngine } from './other-engines.ts';
import { writeSheet } from './screenshots/sheet.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run pictures:engines`: walks through the built app in Chromium, WebKit and Firefox, where they
 * are installed, and puts each page in each size and theme side by side, to see how they differ. Build
 * the app first.
 */
const OUT = 'test-results/engines';
const ENGINES: readonly Engine[] = [
  'chromium',
  ...(['webkit', 'firefox'] as const).filter(hasEngine),
];
/** Of each picture in a sheet of three. */
const SHEET_WIDTH = 430;
/** For what comes in a moment after a page has opened or was turned. */
const SETTLES_MS = 500;

const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLES_MS));

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const pets = { cat: await drawPets('cat'), dog: await drawPets('dog') };
const sheets = new Map<string, string[]>();
await Promise.all(
  ENGINES.map(async (engine) => {
    for (const dark of [false, true]) await walk(engine, dark);
  }),
);
for (const [name, pictures] of sheets) {
  await writeSheet(pictures, join(OUT, `${name}.jpg`), SHEET_WIDTH);
}

/** @returns photos in files */
async function drawPets(kind: 'cat' | 'dog'): Promise<string[]> {
  const jpegs = await renderJpegs(drawnPets(kind, [1, 2, 3, 4, 5, 6]), 480, 640);
  const paths = jpegs.map((_, i) => join(OUT, `${kind}-${i}.jpg`));
  await Promise.all(paths.map((path, i) => writeFile(path, jpegs[i]!)));
  return paths;
}

async function walk(engine: Engine, dark: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-'));
  const server = await serveFolder({ dir: await tinyApp() });
  const kept = new KeptBrowser(engine, folder, { dark });
  const app = new AppInEngine(kept);
  try {
    await app.start();
    await app.open(server.url, 'photos');
    await app.expectOfflineReady();
    await app.importPhotos('cat', pets.cat);
    await app.importPhotos('dog', pets.dog);
    await app.train();
    const shoot = (name: string) => shootSizes(app, `${name}-${dark ? 'dark' : 'light'}`, engine);
    for (const route of ROUTES) {
      await app.visit(route);
      await shoot(route);
    }
    await app.visit('models');
    await app.click('a[href^="#/models/"]');
    await shoot('model');
    await app.ask(pets.cat[0]!);
    await shoot('live-photo');
    await app.visit('capture');
    // Where the camera is allowed already, it is open.
    const gate = '[data-action="open-camera"]';
    if (await app.isVisible(gate)) await app.click(gate);
    await shoot('capture-camera');
    await app.visit('photos');
    await app.click('[data-action="import"]');
    await shoot('import');
    console.log(`${app.browser.version}, ${dark ? 'dark' : 'light'}: done`);
  } finally {
    await kept.end();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function shootSizes({ browser }: AppInEngine, name: string, engine: Engine): Promise<void> {
  for (const size of [PORTRAIT, LANDSCAPE, DESKTOP]) {
    await browser.resize(size);
    await pause();
    // On a busy machine the page may not have been drawn in its new size yet.
    await browser.run(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
    const sheet = `${name}-${size.width}`;
    const path = join(OUT, `${sheet}-${engine}.png`);
    await writeFile(path, await browser.screenshot());
    sheets.set(sheet, [...(sheets.get(sheet) ?? []), path].sort());
  }
}
