import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROUTES } from '../src/session/routes.ts';
import { AppInEngine } from '../test/engines/app-in-engine.ts';
import { DESKTOP, LANDSCAPE, PORTRAIT } from '../test/engines/engine-browser.ts';
import { KeptBrowser, type Engine } from '../test/engines/kept-browser.ts';
import { drawnPets, renderJpegs } from '../test/fixtures/camera-file.ts';
import { zipBytes } from '../test/fixtures/zip-bytes.ts';
import { SCREENS, type Screen, type WalkFiles } from './engine-pictures/screens.ts';
import { hasEngine } from './other-engines.ts';
import { writeSheets } from './screenshots/sheet.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run pictures:engines -- [--engine NAME] [--theme NAME] [--screens PREFIX]`: walks through the
 * built app in Chromium, WebKit and Firefox, where they are installed, and puts each screen in each
 * size and theme side by side, to see how they differ. Pictures of earlier runs are kept, so that an
 * engine, a theme or a part of the app can be taken again alone. Build the app first.
 */
const OUT = 'test-results/engines';
const ENGINES = ['chromium', 'webkit', 'firefox'] as const satisfies readonly Engine[];
const THEMES = ['light', 'dark'] as const;
const SIZES = [PORTRAIT, LANDSCAPE, DESKTOP];
/** Of each picture in a sheet of three. */
const SHEET_WIDTH = 430;
/** For what comes in a moment after a page has opened or was turned. */
const SETTLES_MS = 500;
/** Photos of each class: enough to train on and to test with. */
const PETS = 8;

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    theme: { type: 'string' },
    screens: { type: 'string', default: '' },
  },
});

const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLES_MS));

await mkdir(OUT, { recursive: true });
const files = await writeFiles();
const shot = new Set<string>();
for (const engine of ENGINES.filter((name) => name === (values.engine ?? name))) {
  if (engine !== 'chromium' && !hasEngine(engine)) continue;
  for (const theme of THEMES.filter((name) => name === (values.theme ?? name))) {
    await walk(engine, theme);
  }
}
await writeSheets(
  [...shot].map((sheet) => ({
    pngs: ENGINES.map((engine) => join(OUT, `${sheet}-${engine}.png`)).filter(existsSync),
    path: join(OUT, `${sheet}.jpg`),
  })),
  SHEET_WIDTH,
);

async function writeFiles(): Promise<WalkFiles> {
  const seeds = Array.from({ length: PETS }, (_, i) => i + 1);
  const draw = async (kind: 'cat' | 'dog') => {
    const jpegs = await renderJpegs(drawnPets(kind, seeds), 480, 640);
    const paths = seeds.map((seed) => join(OUT, `${kind}-${seed}.jpg`));
    await Promise.all(paths.map((path, i) => writeFile(path, jpegs[i]!)));
    return paths;
  };
  const [cats, dogs] = [await draw('cat'), await draw('dog')];
  const archive = join(OUT, 'groups.zip');
  const folders = await Promise.all(
    [cats[0], dogs[0], cats[1], dogs[1]].map(async (path, i) => ({
      name: `holiday ${i + 1}/1.jpg`,
      bytes: await readFile(path!),
    })),
  );
  await writeFile(archive, zipBytes(folders));
  return { cats, dogs, archive };
}

async function walk(engine: Engine, theme: (typeof THEMES)[number]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-'));
  // The real base, which knows where an animal is.
  const server = await serveFolder({ dir: 'dist' });
  const kept = new KeptBrowser(engine, folder, { dark: theme === 'dark' });
  const app = new AppInEngine(kept);
  const shoot = (screen: Pick<Screen, 'name' | 'at'>) => shootSizes(app, screen, theme, engine);
  const isWanted = ({ name }: Pick<Screen, 'name'>) => name.startsWith(values.screens);
  try {
    await app.start();
    await app.open(server.url, 'photos');
    await app.expectOfflineReady();
    // The themes differ in colours only: one picture of what few people see is enough.
    for (const route of theme === 'light' ? ROUTES : []) {
      if (!isWanted({ name: `empty-${route}` })) continue;
      await app.visit(route);
      await shoot({ name: `empty-${route}` });
    }
    await app.importPhotos('cat', files.cats);
    await app.importPhotos('dog', files.dogs);
    await app.train();
    for (const screen of SCREENS) {
      // A screen may follow from the one before.
      await screen.reach(app, files);
      if (isWanted(screen)) await shoot(screen);
      await app.browser.run(closeDialogs);
      await pause();
    }
    console.log(`${app.browser.version}, ${theme}: done`);
  } catch (thrown) {
    await writeFile(join(OUT, `failed-${engine}.png`), await app.browser.screenshot());
    throw thrown;
  } finally {
    await kept.end();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function shootSizes(
  { browser }: AppInEngine,
  { name, at }: Pick<Screen, 'name' | 'at'>,
  theme: string,
  engine: Engine,
): Promise<void> {
  for (const size of SIZES) {
    await browser.resize(size);
    if (at !== undefined) await browser.run(scrollToTop, at);
    await pause();
    // On a busy machine the page may not have been drawn in its new size yet.
    await browser.run(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
    const sheet = `${name}-${theme}-${size.width}`;
    await writeFile(join(OUT, `${sheet}-${engine}.png`), await browser.screenshot());
    shot.add(sheet);
  }
  await browser.resize(PORTRAIT);
}

/** In the page. */
function scrollToTop(selector: string): void {
  find(selector, true)?.scrollIntoView({ block: 'start' });
}

/** In the page: closes each dialog as its own button does, the innermost first. */
function closeDialogs(): void {
  for (let dialog = find('dialog[open]', true); dialog; dialog = find('dialog[open]', true)) {
    (dialog as HTMLDialogElement).close();
  }
}
