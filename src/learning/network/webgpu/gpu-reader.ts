import type { PictureBatch } from '../../input/picture-batch.ts';
import type { Readout } from './projection.ts';

/** Reads what `projectionOf` computes. */
export interface GpuReader {
  read(batch: PictureBatch): Promise<Readout>;
  dispose(): void;
}

/** Disposes a reader, once it is open; one that does not open has nothing to dispose. */
export function disposeWhenOpen(reader: Promise<GpuReader>): void {
  reader.then(
    (opened) => {
      opened.dispose();
    },
    () => undefined,
  );
}
