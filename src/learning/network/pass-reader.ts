import type { PictureBatch } from '../input/picture-batch.ts';
import type { Readout } from './readout.ts';

/** Runs pictures through a network and reads what it was opened for: see `WantedReadout`. */
export interface PassReader {
  read(batch: PictureBatch): Promise<Readout>;
  dispose(): void;
}

/** Disposes a reader, once it is open; one that does not open has nothing to dispose. */
export function disposeWhenOpen(reader: Promise<PassReader>): void {
  reader.then(
    (opened) => {
      opened.dispose();
    },
    () => undefined,
  );
}
