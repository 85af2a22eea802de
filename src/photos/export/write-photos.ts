import { msg } from '../../i18n/msg.ts';
import { drawSquare } from '../../image/draw-square.ts';
import { encodeJpeg } from '../../image/encode.ts';
import { Problem } from '../../platform/problem.ts';
import type { RunControl } from '../../platform/run-control.ts';
import type { FileSink } from '../../platform/temporary-files.ts';
import { writeZip, type WriteProgress } from '../../platform/write-zip.ts';
import type { PhotoExport } from './photo-export.ts';

interface WriteOptions {
  /** Pauses or cancels between two photos. */
  readonly control: RunControl;
  /** The stored JPEG of a photo; undefined if it is gone. */
  readonly image: (photoId: string) => Promise<ArrayBuffer | undefined>;
  readonly onProgress?: (progress: WriteProgress) => void;
}

/** Numbers of photos. */
export interface WriteReport {
  readonly photos: number;
  /** Photos that were purged meanwhile or cannot be decoded. */
  readonly leftOut: number;
}

/**
 * Writes photos to a zip archive, one by one. They contain no EXIF data, because the stored ones have
 * none; the time of an entry is when the photo was taken or added.
 *
 * @param sink receives the archive; it is closed at the end, or aborted on an error
 * @throws Problem `cancelled`, Problem `gone` if no photo could be read, Problem of a
 *   StorageProblemKind, or an error of the sink
 */
export async function writePhotos(
  sink: FileSink,
  { folders, entries, size, texts }: PhotoExport,
  { image, ...options }: WriteOptions,
): Promise<WriteReport> {
  const files = entries.map((entry) => ({
    ...entry,
    time: entry.photo.takenAt ?? entry.photo.createdAt,
    read: async () => {
      const stored = await image(entry.photo.id);
      return stored && size !== undefined ? resized(stored, size) : stored;
    },
  }));
  const written = await writeZip(
    sink,
    {
      folders,
      entries: files,
      texts: (written) => {
        if (written.length === 0) throw new Problem('gone', msg('There is no photo to export.'));
        return texts(written);
      },
    },
    options,
  );
  return { photos: written.length, leftOut: entries.length - written.length };
}

/** A JPEG of another size; undefined if the bytes cannot be decoded. */
async function resized(bytes: ArrayBuffer, size: number): Promise<ArrayBuffer | undefined> {
  const picture = await createImageBitmap(new Blob([bytes])).catch(() => undefined);
  if (!picture) return undefined;
  try {
    return (await encodeJpeg(drawSquare(picture, size))).bytes;
  } finally {
    picture.close();
  }
}
