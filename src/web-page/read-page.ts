import { fromBase64 } from '../platform/base64.ts';
import type { PackedProgram } from '../models/formats/web-page/pack-program.ts';
import { BLOCKS, type PageFacts } from '../models/formats/web-page/web-page.ts';

/** What the page holds. */
export interface PageData {
  readonly facts: PageFacts;
  readonly packed: PackedProgram;
  /** Side of the model's input in pixels. */
  readonly size: number;
  /** Names of the classes, in the order of the probabilities. */
  readonly labels: readonly string[];
  /** Markdown. */
  readonly modelCard: string;
}

/** Reads the data blocks of the document. */
export function readPage(): PageData {
  const json = textOf(BLOCKS.program);
  const { size, labels } = JSON.parse(json) as { size: number; labels: string[] };
  const files = JSON.parse(textOf(BLOCKS.files)) as Record<string, string>;
  return {
    facts: JSON.parse(textOf(BLOCKS.facts)) as PageFacts,
    packed: { json, bytes: fromBase64(textOf(BLOCKS.weights)) },
    ...{ size, labels },
    modelCard: files['model-card.md'] ?? '',
  };
}

function textOf(id: string): string {
  return document.getElementById(id)!.textContent;
}
