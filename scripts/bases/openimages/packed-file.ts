import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Problem } from '../../../src/platform/problem.ts';

const PACKAGE = '@mediapipe/objectron';
const DATA = 'objectron_solution_packed_assets.data';
const LOADER = 'objectron_solution_packed_assets_loader.js';

interface PackedFile {
  readonly bytes: Uint8Array;
  /** The package and its version. */
  readonly origin: string;
}

/**
 * Reads one file from the Objectron package. Emscripten concatenated it with others and wrote the
 * positions of all of them to the loader script.
 *
 * @param name the last part of the file's path
 * @throws Problem `base` if the package is not installed or is packed differently
 */
export async function readPackedFile(name: string): Promise<PackedFile> {
  const manifest = packagePath();
  const folder = dirname(manifest);
  try {
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    const { start, end, size } = placeOf(name, await readFile(join(folder, LOADER), 'utf8'));
    const data = await readFile(join(folder, DATA));
    if (data.length !== size) throw new Error(`${DATA} has ${data.length} bytes, not ${size}`);
    // A copy, because a Uint16Array needs an even offset.
    return { bytes: new Uint8Array(data.subarray(start, end)), origin: `${PACKAGE} ${version}` };
  } catch (thrown) {
    throw new Problem('base', `${PACKAGE} does not hold ${name} where it should.`, {
      cause: thrown,
    });
  }
}

/**
 * Finds a file in the metadata that the loader script passes to `loadPackage`.
 *
 * @returns the bytes from `start` up to, but not including, `end`; `size` is that of the whole pack
 */
export function placeOf(
  name: string,
  loader: string,
): { start: number; end: number; size: number } {
  const json = /loadPackage\((\{"files".*?\})\);/.exec(loader)?.[1];
  if (!json) throw new Error(`${LOADER} states no files`);
  const pack = JSON.parse(json) as {
    files: { filename: string; start: number; end: number }[];
    remote_package_size: number;
  };
  const size = pack.remote_package_size;
  const file = pack.files.find(({ filename }) => filename.endsWith(`/${name}`));
  if (!file) throw new Error(`${LOADER} states no ${name}`);
  const { start, end } = file;
  if (!(start >= 0 && start < end && end <= size)) {
    throw new Error(`${LOADER} places ${name} at ${start} to ${end} of ${size}`);
  }
  return { start, end, size };
}

function packagePath(): string {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  } catch (thrown) {
    throw new Problem('base', `${PACKAGE} is not installed: run \`npm ci\` first.`, {
      cause: thrown,
    });
  }
}
