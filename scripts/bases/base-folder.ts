import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BaseFile, BaseIndex, BaseSpec } from '../../src/records/base-spec.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import type { MadeBase } from './made-base.ts';

const DEFAULT_BASE = 'openimages';

/**
 * Writes a base into the folder of bases and enters it in `index.json`. It is put together
 * elsewhere and moved into place in one step, so that nobody ever sees half of it.
 *
 * @param out folder of bases
 * @returns the spec that was written
 */
export async function writeBase(
  out: string,
  base: MadeBase,
  golden: BaseSpec['golden'],
): Promise<BaseSpec> {
  const spec: BaseSpec = { ...base.spec, files: await describe(base.files), golden };
  const place = join(out, spec.id);
  await mkdir(out, { recursive: true });
  // On the same disk, or it could not be moved; a dot keeps it out of the index.
  const aside = await mkdtemp(join(out, '.making-'));
  const making = join(aside, 'new');
  try {
    for (const [path, bytes] of base.files) {
      await mkdir(dirname(join(making, path)), { recursive: true });
      await writeFile(join(making, path), bytes);
    }
    await writeFile(join(making, 'spec.json'), json(spec));
    await rename(place, join(aside, 'old')).catch(ignoreMissing);
    await rename(making, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  await writeIndex(out);
  return spec;
}

/**
 * Looks whether a base stands in the folder just as it would be written: the same spec, and files
 * that have their hashes. Its golden features may have been computed before.
 */
export async function isWritten(out: string, base: MadeBase): Promise<boolean> {
  const spec = await readSpec(join(out, base.spec.id));
  if (!spec) return false;
  const { golden, files, ...rest } = spec;
  const goldenStands = base.golden
    ? isDeepStrictEqual(golden, base.golden)
    : isDeepStrictEqual(
        golden?.map(({ size }) => size),
        base.spec.inputSizes,
      );
  if (!goldenStands || !isDeepStrictEqual(rest, base.spec)) return false;
  const expected = await describe(base.files);
  if (!isDeepStrictEqual(files, expected)) return false;
  const written = new Map<string, Uint8Array>();
  for (const { path } of expected) {
    const bytes = await readFile(join(out, spec.id, path)).catch(ignoreMissing);
    if (bytes) written.set(path, bytes);
  }
  return isDeepStrictEqual(await describe(written), expected);
}

/** Writes `index.json`: every base in the folder, the default one first. */
export async function writeIndex(out: string): Promise<BaseIndex> {
  const bases: string[] = [];
  for (const name of (await readdir(out)).sort()) {
    if (!name.startsWith('.') && (await readSpec(join(out, name)))?.id === name) bases.push(name);
  }
  bases.sort((a, b) => Number(b === DEFAULT_BASE) - Number(a === DEFAULT_BASE));
  const index: BaseIndex = { default: bases[0] ?? DEFAULT_BASE, bases };
  const path = join(out, 'index.json');
  const making = join(out, `.index-${process.pid}.json`);
  await writeFile(making, json(index));
  await rename(making, path);
  return index;
}

async function readSpec(folder: string): Promise<BaseSpec | undefined> {
  const text = await readFile(join(folder, 'spec.json'), 'utf8').catch(ignoreMissing);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as BaseSpec);
  } catch {
    return undefined; // Not JSON: as good as no spec, and about to be written anew.
  }
}

async function describe(files: ReadonlyMap<string, Uint8Array>): Promise<BaseFile[]> {
  const described: BaseFile[] = [];
  for (const [path, bytes] of files) {
    described.push({ path, bytes: bytes.length, sha256: await sha256(bytes as BufferSource) });
  }
  return described;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function ignoreMissing(thrown: unknown): undefined {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
}
