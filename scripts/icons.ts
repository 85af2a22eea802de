import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium, type Browser } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './chromium.ts';

/**
 * `npm run icons`: draws all icons of the app from scripts/icons/mark.svg. They are committed, so
 * that the build needs no browser.
 */
const FOLDER = 'public/icons';
const MARK = 'scripts/icons/mark.svg';
const PAPER = '#fbf7f2';

interface Icon {
  readonly name: string;
  /** Width and height in pixels. */
  readonly size: number;
  /** Size of the mark as a fraction of the icon, 0 to 1. */
  readonly scale: number;
  /** Corner radius of the background as a fraction of the icon, 0 to 1. */
  readonly radius: number;
}

/**
 * A maskable icon may be cropped to a circle of 80 % of its size; iOS rounds the corners itself.
 */
const ICONS: readonly Icon[] = [
  { name: 'icon-192.png', size: 192, scale: 0.84, radius: 0.22 },
  { name: 'icon-512.png', size: 512, scale: 0.84, radius: 0.22 },
  { name: 'maskable-192.png', size: 192, scale: 0.66, radius: 0 },
  { name: 'maskable-512.png', size: 512, scale: 0.66, radius: 0 },
  { name: 'apple-touch-icon.png', size: 180, scale: 0.8, radius: 0 },
];

const mark = await readFile(MARK, 'utf8');
await mkdir(FOLDER, { recursive: true });
await copyFile(MARK, `${FOLDER}/icon.svg`);
const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  args: chromiumArgs(),
});
for (const icon of ICONS) {
  await writeFile(`${FOLDER}/${icon.name}`, await draw(browser, icon));
  console.log(`${FOLDER}/${icon.name}`);
}
await browser.close();

async function draw(browser: Browser, { size, scale, radius }: Icon): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`
    <style>
      body { margin: 0; background: transparent }
      div { display: grid; place-items: center; width: ${size}px; height: ${size}px;
            background: ${PAPER}; border-radius: ${radius * size}px }
      svg { width: ${scale * size}px; height: ${scale * size}px }
    </style>
    <div>${mark}</div>`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
