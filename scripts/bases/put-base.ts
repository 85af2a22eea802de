import type { BaseSpec } from '../../src/records/base-spec.ts';
import { isWritten, writeBase, writeIndex } from './base-folder.ts';
import { goldenOf } from './golden.ts';
import type { MadeBase, Say } from './made-base.ts';

/**
 * Checks a base by running it, and writes it. Nothing is done if the folder contains it already
 * with the right hashes.
 *
 * @param out the folder of bases
 * @throws Problem `base` if it computes wrong features; then nothing is written
 */
export async function putBase(out: string, base: MadeBase, say: Say): Promise<void> {
  const { id } = base.spec;
  const sayWithId: Say = (line) => {
    say(`${id}: ${line}`);
  };
  if (await isWritten(out, base)) {
    await writeIndex(out);
    sayWithId('already there with the right hashes, kept');
    return;
  }
  sayWithId(base.spec.provenance.source);
  const started = performance.now();
  const spec = await writeBase(out, base, await goldenOf(base, sayWithId));
  const seconds = (performance.now() - started) / 1000;
  sayWithId(`${summary(spec)}; checked and written in ${seconds.toFixed(1)} s`);
}

function summary(spec: BaseSpec): string {
  const megabytes = spec.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  return [
    ...(spec.layers === undefined ? [] : [`${spec.layers} layers`]),
    `${spec.parameters.toLocaleString('en')} parameters`,
    `${spec.featureLength.toLocaleString('en')} features`,
    `${megabytes.toFixed(2)} MB`,
  ].join(', ');
}
