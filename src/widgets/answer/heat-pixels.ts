export type Rgb = readonly [red: number, green: number, blue: number];

/** How dark a place gets that says nothing, and how strong the colour of one that says the most. */
const DIM = 0.5;
const GLOW = 0.62;

/**
 * A layer to lie over a picture: the colour where values are high, over a shade where they are low.
 *
 * @param values 0 to 1
 * @returns RGBA, 0 to 255, not premultiplied
 */
export function heatPixels(values: ArrayLike<number>, colour: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const glow = GLOW * value;
    // The colour over black that is as opaque as the place is unimportant.
    const alpha = glow + DIM * (1 - value) * (1 - glow);
    const share = alpha > 0 ? glow / alpha : 0;
    pixels.set([...colour.map((channel) => channel * share), 255 * alpha], 4 * i);
  }
  return pixels;
}
