import type { EngineBrowser } from './engine-browser.ts';

/**
 * How much two pictures of the window differ where an element is: the mean difference of a colour
 * channel, 0 to 255.
 *
 * @param before a PNG as EngineBrowser.screenshot gives it
 */
export function differenceAt(
  browser: EngineBrowser,
  selector: string,
  before: Buffer,
  after: Buffer,
): Promise<number> {
  return browser.run(compare, selector, before.toString('base64'), after.toString('base64'));
}

/** In the page. */
async function compare(selector: string, ...pictures: string[]): Promise<number> {
  const { left, top, width, height } = find(selector, true)!.getBoundingClientRect();
  const pixelsOf = async (base64: string): Promise<Uint8ClampedArray> => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    canvas.width = innerWidth;
    canvas.height = innerHeight;
    const context = canvas.getContext('2d')!;
    // On screens with several pixels to a CSS pixel the picture is larger.
    context.drawImage(bitmap, 0, 0, innerWidth, innerHeight);
    return context.getImageData(left, top, width, height).data;
  };
  const [before, after] = await Promise.all(pictures.map(pixelsOf));
  let sum = 0;
  for (const [i, value] of before!.entries()) sum += Math.abs(value - after![i]!);
  // Every fourth value is the opacity, which is the same.
  return sum / (before!.length * 0.75);
}
