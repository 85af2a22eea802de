import {
  BufferTarget,
  CanvasSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  Quality,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import { drawPet } from '../fixtures/drawn-pets.ts';

const FORMATS = { mp4: Mp4OutputFormat, mov: MovOutputFormat, webm: WebMOutputFormat } as const;

export interface DrawnFilm {
  readonly format: keyof typeof FORMATS;
  readonly codec: 'avc' | 'vp8' | 'vp9';
  /** Seeds of the pets, each of which is seen for one second. */
  readonly pets: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** Degrees by which a player turns the film clockwise. */
  readonly rotation?: 0 | 90 | 180 | 270;
}

/** Frames a second. */
const RATE = 10;

/** A film of drawn cats, one after the other. */
export async function drawFilm({
  format,
  codec,
  pets,
  width = 320,
  height = 240,
  rotation = 0,
}: DrawnFilm): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const target = new BufferTarget();
  const output = new Output({ format: new FORMATS[format](), target });
  const source = new CanvasSource(canvas, {
    codec,
    quality: new Quality('high'),
    keyFrameInterval: 2,
  });
  output.addVideoTrack(source, { frameRate: RATE, rotation });
  await output.start();
  for (const [index, seed] of pets.entries()) {
    canvas.getContext('2d')!.reset();
    drawPet(canvas, 'cat', seed);
    for (let i = 0; i < RATE; i++) await source.add(index + i / RATE, 1 / RATE);
  }
  await output.finalize();
  return new File([target.buffer!], `film.${format}`);
}

/** Frames a second of a long film, one of them a key frame. */
const LONG_RATE = 5;

export interface LongFilm {
  readonly pets: readonly number[];
  readonly width: number;
  readonly height: number;
  /** Seconds that each pet is seen. */
  readonly each: number;
}

/**
 * Draws a film that is too large for memory into the file `long.webm` of the page's own folder. The second of each
 * pet is encoded once, with the grain of a camera, and repeated.
 */
export async function drawLongFilm({ pets, width, height, each }: LongFilm): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('long.webm', { create: true });
  const file = await handle.createWritable();
  const writable = new WritableStream<StreamTargetChunk>({
    write: ({ type, data, position }) => file.write({ type, data, position }),
  });
  const output = new Output({ format: new WebMOutputFormat(), target: new StreamTarget(writable) });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source, { frameRate: LONG_RATE });
  await output.start();
  for (const [index, seed] of pets.entries()) {
    const second = await encodeSecond(seed, width, height);
    for (let i = 0; i < each; i++) {
      for (const { packet, meta } of second) {
        const timestamp = index * each + i + packet.timestamp;
        await source.add(packet.clone({ timestamp }), meta);
      }
    }
  }
  await output.finalize();
  await file.close();
}

interface Encoded {
  readonly packet: EncodedPacket;
  readonly meta: EncodedVideoChunkMetadata | undefined;
}

async function encodeSecond(seed: number, width: number, height: number): Promise<Encoded[]> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  drawPet(canvas, 'cat', seed);
  const grain = new ImageData(256, 256);
  for (let i = 0; i < grain.data.length; i++)
    grain.data[i] = i % 4 === 3 ? 40 : 256 * Math.random();
  context.fillStyle = context.createPattern(await createImageBitmap(grain), 'repeat')!;
  context.fillRect(0, 0, width, height);
  const encoded: Encoded[] = [];
  const encoder = new VideoEncoder({
    output: (chunk, meta) => encoded.push({ packet: EncodedPacket.fromEncodedChunk(chunk), meta }),
    error: (thrown) => {
      throw thrown;
    },
  });
  encoder.configure({ codec: 'vp8', width, height, bitrate: 8e6, framerate: LONG_RATE });
  for (let i = 0; i < LONG_RATE; i++) {
    const [timestamp, duration] = [(i * 1e6) / LONG_RATE, 1e6 / LONG_RATE];
    const frame = new VideoFrame(canvas, { timestamp, duration });
    encoder.encode(frame, { keyFrame: i === 0 });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  return encoded;
}
