import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BaseFile, BaseIndex, BaseSpec } from '../../src/records/base-spec.ts';
import { furtherOf, type GoldenFurther } from '../../src/records/further-features.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import type { MadeBase } from './made-base.ts';

const DEFAULT_BASE = 'openimages';

/** The golden values of a base, as `goldenOf` returns them. */
export interface BaseGolden {
  readonly golden: BaseSpec['golden'];
  readonly further?: readonly GoldenFurther[];
}

/**
 * Writes a base to the folder of bases and adds it to `index.json`. The files are written to a
 * temporary folder, which is then renamed, so that no reader ever finds an incomplete base.
 *
 * @param out the folder of bases
 * @returns the spec that was written
 */
export async function writeBase(
  out: string,
  base: MadeBase,
  { golden, further }: BaseGolden,
): Promise<BaseSpec> {
  const files = await describe(base.files);
  const spec: BaseSpec = {
    ...base.spec,
    files,
    golden,
    ...(base.knows && { knows: base.knows.spec }),
    ...(base.further && further && { further: { ...furtherOf(base.further), golden: further } }),
  };
  const target = join(out, spec.id);
  await mkdir(out, { recursive: true });
  // On the same disk, so that it can be renamed; the dot excludes it from the index.
  const temporary = await mkdtemp(join(out, '.making-'));
  const making = join(temporary, 'new');
  try {
    for (const [path, bytes] of allFiles(base)) {
      await mkdir(dirname(join(making, path)), { recursive: true });
      await writeFile(join(making, path), bytes);
    }
    await writeFile(join(making, 'spec.json'), json(spec));
    await rename(target, join(temporary, 'old')).catch(ignoreMissing);
    await rename(making, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await writeIndex(out);
  return spec;
}

/**
 * Whether the folder contains a base exactly as it would be written: the same spec, and files with
 * the right hashes. Golden features that are computed here need not be compared.
 */
export async function isWritten(out: string, base: MadeBase): Promise<boolean> {
  const spec = await readSpec(join(out, base.spec.id));
  if (!spec) return false;
  const { golden, files, knows, further, ...rest } = spec;
  const goldenMatches = base.golden
    ? isDeepStrictEqual(golden, base.golden)
    : isDeepStrictEqual(
        golden?.map(({ size }) => size),
        base.spec.inputSizes,
      );
  if (!goldenMatches || !isDeepStrictEqual(rest, base.spec)) return false;
  if (!isDeepStrictEqual(files, await describe(base.files))) return false;
  if (!isDeepStrictEqual(knows, base.knows?.spec)) return false;
  const given = base.further;
  const wanted = given && { ...furtherOf(given), golden: given.golden ?? further?.golden };
  if (!isDeepStrictEqual(further, wanted)) return false;
  const expected = await describe(allFiles(base));
  const written = new Map<string, Uint8Array>();
  for (const { path } of expected) {
    const bytes = await readFile(join(out, spec.id, path)).catch(ignoreMissing);
    if (bytes) written.set(path, bytes);
  }
  return isDeepStrictEqual(await describe(written), expected);
}

/** Writes `index.json`, which lists all bases in the folder, the default one first. */
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

/** The files of the model and those of what it knows, by path. */
function allFiles({ files, knows }: MadeBase): ReadonlyMap<string, Uint8Array> {
  if (!knows) return files;
  const all = new Map(files).set(knows.spec.file.path, knows.bytes);
  const { boxes } = knows.spec;
  return boxes && knows.boxBytes ? all.set(boxes.file.path, knows.boxBytes) : all;
}

async function readSpec(folder: string): Promise<BaseSpec | undefined> {
  const text = await readFile(join(folder, 'spec.json'), 'utf8').catch(ignoreMissing);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as BaseSpec);
  } catch {
    return undefined; // Not JSON: treated like a missing spec, which is written again.
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
