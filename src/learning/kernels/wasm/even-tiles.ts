import { MAX_ROWS } from './pointwise-module.ts';

/**
 * Divides rows into as few tiles as possible, whose heights differ by at most one row. A tile of
 * one row takes as long as one of six, because each addition to a sum has to wait for the previous
 * one.
 */
export function evenTiles(rows: number): { height: number; count: number }[] {
  const count = Math.ceil(rows / MAX_ROWS);
  const height = Math.floor(rows / count);
  const higher = rows % count;
  return [
    { height: height + 1, count: higher },
    { height, count: count - higher },
  ].filter((tiles) => tiles.count > 0);
}
