import type { File as Hdf5File } from 'h5wasm';
import { msg } from '../i18n/msg.ts';
import { Problem } from './problem.ts';

export type { Dataset, Group } from 'h5wasm';

/**
 * The HDF5 library, compiled to WebAssembly: about 4 MB, fetched when the first file is opened, and
 * kept for offline use from then on.
 *
 * @throws Problem `not-fetched`
 */
export async function loadHdf5() {
  const hdf5 = await import('h5wasm').catch((cause: unknown) => {
    throw new Problem(
      'not-fetched',
      msg('What reads and writes Keras files is not on this device yet. Connect and try again.'),
      { cause },
    );
  });
  const module = await hdf5.ready;
  // Otherwise HDF5 prints its errors and continues.
  module.activate_throwing_error_handler();
  return { ...hdf5, module };
}

let opened = 0;

/**
 * Opens an HDF5 file for reading. In a worker only the parts that `use` reads are loaded, so the file
 * may be larger than the memory.
 *
 * @param use gets the root; it may not be used afterwards
 * @throws an Error of the library when it is no HDF5 file, or is damaged; Problem `not-fetched`
 */
export async function readHdf5<Result>(
  file: Blob,
  use: (root: Hdf5File) => Result | Promise<Result>,
): Promise<Result> {
  const { File, module } = await loadHdf5();
  const { FS } = module;
  const folder = `/hdf5-${opened++}`;
  const path = `${folder}/file`;
  FS.mkdir(folder);
  const isWorker = 'FileReaderSync' in globalThis;
  if (isWorker) {
    const { WORKERFS } = FS.filesystems as unknown as Record<
      string,
      Parameters<typeof FS.mount>[0]
    >;
    FS.mount(WORKERFS!, { blobs: [{ name: 'file', data: file }] }, folder);
  } else {
    FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
  }
  let root: Hdf5File | undefined;
  try {
    root = new File(path, 'r');
    return await use(root);
  } finally {
    root?.close();
    if (isWorker) FS.unmount(folder);
    else FS.unlink(path);
    FS.rmdir(folder);
  }
}
