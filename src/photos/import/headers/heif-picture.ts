import type { PictureSize } from '../../../image/adjust-square.ts';
import { viewOf, withinBytes } from './byte-reader.ts';
import { HeifMeta, type HeifProperty } from './heif-meta.ts';
import { av1Codec, hevcCodec } from './video-codec.ts';

/** The parts of a HEIF or AVIF picture, each coded like the key frame of a video. */
interface HeifPicture extends PictureSize {
  /** As WebCodecs names it. */
  readonly codec: string;
  /** What the decoder needs besides the frames. */
  readonly description?: Uint8Array<ArrayBuffer>;
  /** The size of each tile in pixels. */
  readonly tile: PictureSize;
  readonly tiles: readonly HeifTile[];
  /** Orientations as in EXIF, 2 to 8, to apply one after another. */
  readonly turns: readonly number[];
}

interface HeifTile {
  /** Place in the picture, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** More tiles than this are no photo: one of 200 megapixels has about 800. */
const MAX_TILES = 4096;

/**
 * The picture that a HEIF file shows: one image, or a grid of them.
 *
 * @returns undefined for any other kind of picture, and for a damaged one
 */
export function heifPicture(bytes: Uint8Array): HeifPicture | undefined {
  return withinBytes(() => {
    const meta = HeifMeta.of(bytes);
    const primary = meta?.primary();
    if (!meta || primary === undefined) return undefined;
    const isGrid = meta.types().get(primary) === 'grid';
    const ids = isGrid ? meta.partsOf(primary) : [primary];
    if (ids.length === 0 || ids.length > MAX_TILES) return undefined;
    const first = meta.properties(ids[0]!);
    const tile = sizeOf(first);
    const coding = codingOf(first);
    const data = dataOf(meta, ids, bytes.length);
    if (!tile || !coding || !data) return undefined;
    const grid = isGrid ? gridOf(meta.data(primary)) : { columns: 1, rows: 1, ...tile };
    if (!grid || grid.columns * grid.rows !== ids.length) return undefined;
    const { width, height, columns, rows } = grid;
    if (width > columns * tile.width || height > rows * tile.height) return undefined;
    const tiles = data.map((data, index) => ({
      x: (index % columns) * tile.width,
      y: Math.floor(index / columns) * tile.height,
      data,
    }));
    return { ...coding, width, height, tile, tiles, turns: turnsOf(meta.properties(primary)) };
  });
}

/** The bytes of the tiles; undefined if one is missing, or if they are more than the file has. */
function dataOf(
  meta: HeifMeta,
  ids: readonly number[],
  most: number,
): Uint8Array<ArrayBuffer>[] | undefined {
  const data: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (const id of ids) {
    const one = meta.data(id);
    size += one?.length ?? 0;
    if (!one || size > most) return undefined;
    data.push(one);
  }
  return data;
}

function sizeOf(properties: readonly HeifProperty[]): PictureSize | undefined {
  const ispe = properties.find(({ type }) => type === 'ispe');
  if (!ispe) return undefined;
  const view = viewOf(ispe.content);
  return { width: view.getUint32(4), height: view.getUint32(8) };
}

function codingOf(
  properties: readonly HeifProperty[],
): Pick<HeifPicture, 'codec' | 'description'> | undefined {
  for (const { type, content } of properties) {
    if (type === 'hvcC') return { codec: hevcCodec(content), description: content.slice() };
    if (type === 'av1C') return { codec: av1Codec(content) };
  }
  return undefined;
}

/** The layout of a grid (ISO/IEC 23008-12, 6.6.2.3). */
function gridOf(
  data: Uint8Array | undefined,
): (PictureSize & { columns: number; rows: number }) | undefined {
  if (!data) return undefined;
  const view = viewOf(data);
  const isLong = (view.getUint8(1) & 1) === 1;
  return {
    rows: view.getUint8(2) + 1,
    columns: view.getUint8(3) + 1,
    width: isLong ? view.getUint32(4) : view.getUint16(4),
    height: isLong ? view.getUint32(8) : view.getUint16(6),
  };
}

/** Rotations are by 90 degrees anticlockwise; a mirror swaps top and bottom, or left and right. */
function turnsOf(properties: readonly HeifProperty[]): number[] {
  const ROTATIONS = [1, 8, 3, 6];
  const MIRRORS = [4, 2];
  return properties
    .map(({ type, content }) => {
      if (type === 'irot') return ROTATIONS[viewOf(content).getUint8(0) & 3]!;
      if (type === 'imir') return MIRRORS[viewOf(content).getUint8(0) & 1]!;
      return 1;
    })
    .filter((turn) => turn !== 1);
}
