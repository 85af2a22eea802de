import { readZipEntry } from '../../src/platform/archive/read-entry.ts';
import { listZip } from '../../src/platform/archive/zip-directory.ts';
import type { ExportFormat, ExportOffer } from '../../src/records/export.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { expect, type Page } from '@playwright/test';

/** `golden.json` of an export. */
interface Golden {
  readonly size: number;
  readonly labels: readonly string[];
  readonly tolerance: number;
  readonly pictures: readonly {
    readonly file: string;
    readonly probabilities: readonly number[];
    readonly appProbabilities: readonly number[];
    readonly novelty: number;
  }[];
}

/** An export as somebody else unpacks it. */
export interface Unpacked {
  readonly name: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly golden: Golden;
  readonly card: string;
  readonly offers: readonly ExportOffer[];
  readonly progress: readonly number[];
}

/** Exports the stored model of a page in one format, and unpacks it. */
export async function exportAndUnpack(
  page: Page,
  modelId: string,
  format: ExportFormat,
  bases = TINY_BASES,
): Promise<Unpacked> {
  const { name, base64, offers, progress } = await page.evaluate(
    ({ modelId, format, bases }) => harness.exportModel(modelId, format, bases),
    { modelId, format, bases },
  );
  const zip = new Blob([Buffer.from(base64, 'base64')]);
  const files = new Map<string, Buffer>();
  for (const entry of await listZip(zip, { entries: 100, bytes: 1e6 })) {
    files.set(entry.path, Buffer.from(await readZipEntry(zip, entry)));
  }
  const golden = JSON.parse(String(files.get('golden.json'))) as Golden;
  return { name, files, golden, card: String(files.get('model-card.md')), offers, progress };
}

/**
 * Expects what a reader answers about each golden picture, by label: the labels and probabilities of
 * the app.
 */
export function expectLabelled(
  answers: readonly Readonly<Record<string, number>>[],
  golden: Golden,
): void {
  golden.pictures.forEach(({ probabilities }, i) => {
    expect(Object.keys(answers[i]!).sort()).toEqual([...golden.labels].sort());
    probabilities.forEach((p, c) => {
      expect(Math.abs(p - answers[i]![golden.labels[c]!]!)).toBeLessThan(golden.tolerance);
    });
  });
}
