import { CodeCollector } from './collect-codes.ts';
import { damaged } from './damaged-model.ts';
import { ANY_CODE_START } from './model-codes.ts';

/** Whether bytes begin like a model file as text. */
export function isModelText(bytes: Uint8Array): boolean {
  return ANY_CODE_START.test(new TextDecoder().decode(bytes.subarray(0, 16)));
}

/**
 * Reads a model file from text: the texts of its codes, one a line.
 *
 * @returns the file
 * @throws Problem `model-file` if a line is missing or changed
 */
export async function readModelText(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const codes = new CodeCollector();
  for (const line of new TextDecoder().decode(bytes).split(/\r?\n/)) {
    if (line !== '') codes.add(line);
  }
  const file = await codes.file();
  if (!file) throw damaged('A line is missing or changed');
  return file;
}
