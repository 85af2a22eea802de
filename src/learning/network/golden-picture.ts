/**
 * The synthetic picture that goldens are computed from:
 * `pixel(y, x, c) = (7x + 13y + 29c + (x*y mod 11)) mod 256`.
 *
 * @returns RGB bytes, `[size, size, 3]`
 */
export function goldenPicture(size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) pixels[at++] = (7 * x + 13 * y + 29 * c + ((x * y) % 11)) % 256;
    }
  }
  return pixels;
}
