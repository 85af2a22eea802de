import {
  BufferTarget,
  CanvasSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  Quality,
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
}: DrawnFilm): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const target = new BufferTarget();
  const output = new Output({ format: new FORMATS[format](), target });
  const source = new CanvasSource(canvas, {
    codec,
    quality: new Quality('high'),
    keyFrameInterval: 2,
  });
  output.addVideoTrack(source, { frameRate: RATE });
  await output.start();
  for (const [index, seed] of pets.entries()) {
    canvas.getContext('2d')!.reset();
    drawPet(canvas, 'cat', seed);
    for (let i = 0; i < RATE; i++) await source.add(index + i / RATE, 1 / RATE);
  }
  await output.finalize();
  return new File([target.buffer!], `film.${format}`);
}
