/** Each channel is 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Opacity of the black over a pixel of value 0, and opacity of the colour over a pixel of value 1.
 */
const DIM = 0.5;
const GLOW = 0.62;

/**
 * The pixels of an overlay on a picture: the colour where values are high, a dark shade where they
 * are low.
 *
 * @param values one per pixel, 0 to 1
 * @returns RGBA, 0 to 255, not premultiplied
 */
export function heatPixels(values: ArrayLike<number>, colour: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const glow = GLOW * value;
    // Composites the colour over black, whose opacity grows as the value falls.
    const alpha = glow + DIM * (1 - value) * (1 - glow);
    const fraction = alpha > 0 ? glow / alpha : 0;
    pixels.set([...colour.map((channel) => channel * fraction), 255 * alpha], 4 * i);
  }
  return pixels;
}
