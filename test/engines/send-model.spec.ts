import { copyFile } from 'node:fs/promises';
import type { AppInEngine } from './app-in-engine.ts';
import { expect, test } from './engine-test.ts';

const PATIENCE = { timeout: 60_000 };

test('a model goes to another phone as a file, and by its screen and the camera', async ({
  app,
  serve,
  drawFiles,
}, info) => {
  const sender = await serve();
  await app.open(sender.url, 'photos');
  for (const kind of ['cat', 'dog'] as const) {
    await app.importPhotos(kind, await drawFiles(kind, [1, 2, 3, 4]));
  }
  await app.train();
  const [pet] = await drawFiles('dog', [101]);
  await app.ask(pet!);
  const expected = await percentages(app);
  await app.visit('models');
  await app.click('[aria-label^="Send "]');
  const saved = await app.savedBy('[data-action="save-model"]', /\.purrceptron$/);
  const file = info.outputPath('Model.purrceptron');
  await copyFile(saved, file);
  await app.click('[aria-label^="Send "]');
  await app.click('[data-action="show-codes"]');
  const codes = await shownCodes(app);

  await test.step('as a file', async () => {
    await openReceiver(app, (await serve()).url);
    await app.browser.chooseFiles('[data-model-files]', [file]);
    await receive(app, pet!, expected);
  });

  await test.step('by screen and camera', async () => {
    await openReceiver(app, (await serve()).url);
    // No engine here takes its camera from a file; this one films a canvas.
    await app.browser.run(filmPictures, codes);
    await app.click('[data-action="read-codes"]');
    // It reads as soon as it sees, so that the camera may be closed again at the next look.
    await app.openCamera('pp-received-model');
    await receive(app, pet!, expected);
  });
});

async function openReceiver(app: AppInEngine, url: string): Promise<void> {
  await app.open(url, 'models');
  await app.click('[data-action="open-add-model"]');
}

/** Adds the model that came, and compares its answer with that on the phone that sent it. */
async function receive(app: AppInEngine, pet: string, expected: readonly number[]): Promise<void> {
  await app.click('[data-action="receive-model"]');
  await expect.poll(() => app.isVisible('a[href^="#/models/"]'), PATIENCE).toBe(true);
  await app.ask(pet);
  const answer = await percentages(app);
  expect(answer).toHaveLength(expected.length);
  // The weights are rounded for their way: a probability moves by 0.01 at most.
  answer.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2);
  });
}

/** What Live says for each class. */
async function percentages(app: AppInEngine): Promise<number[]> {
  const read = () =>
    app.browser.run(() => {
      const bars = find('pp-answer-bars', true)?.shadowRoot?.querySelectorAll('.percent') ?? [];
      return Array.from(bars, ({ textContent }) => parseInt(textContent ?? '', 10));
    });
  const isThere = async () => {
    const values = await read();
    return values.length === 2 && values.every((value) => value >= 0);
  };
  await expect.poll(isThere, PATIENCE).toBe(true);
  return read();
}

/** Pictures of all codes on the screen, as data URLs. */
async function shownCodes(app: AppInEngine): Promise<string[]> {
  const pictures = new Map<string, string>();
  await expect(async () => {
    const [code, picture, all] = await app.browser.run(() => {
      const canvas = find('canvas[data-code]', true) as HTMLCanvasElement;
      const parts = find('.parts', true)?.querySelectorAll('i').length ?? 1;
      return [canvas.dataset['code']!, canvas.toDataURL(), parts] as const;
    });
    pictures.set(code, picture);
    expect(pictures.size).toBe(all);
  }).toPass({ intervals: [50], ...PATIENCE });
  return [...pictures.values()];
}

/** In the page: its camera films these pictures, one after another. */
async function filmPictures(pictures: readonly string[]): Promise<void> {
  const images = await Promise.all(
    pictures.map((url) => {
      // The content security policy allows no picture of a data URL.
      const bytes = Uint8Array.from(atob(url.split(',')[1]!), (letter) => letter.charCodeAt(0));
      return createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    }),
  );
  const canvas = document.createElement('canvas');
  // Pixel by pixel: a camera that is near enough sees every module.
  canvas.width = canvas.height = Math.max(...images.map(({ width }) => width));
  const context = canvas.getContext('2d')!;
  let next = 0;
  const draw = () => {
    context.drawImage(images[next++ % images.length]!, 0, 0);
  };
  draw();
  setInterval(draw, 300);
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(15));
}
