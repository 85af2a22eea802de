/** A chunk as scripts/build/chunk-list.mjs writes it. */
export interface Chunk {
  /** Path relative to the app's folder. */
  readonly file: string;
  readonly name: string;
  /** Whether it is the entry of the page, `main`, or of a worker. */
  readonly isEntry: boolean;
  /** Files of the chunks that it imports. */
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  /** Bytes of code, before minification, by npm package or by folder of src/. */
  readonly packages: Readonly<Record<string, number>>;
  /** Names of the pages whose element it contains. */
  readonly pages: readonly string[];
}

/** Groups by npm package; only tfjs-core uses `long` and `seedrandom`. */
const PACKAGE_GROUPS: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-core': 'TensorFlow.js core',
  long: 'TensorFlow.js core',
  seedrandom: 'TensorFlow.js core',
  '@tensorflow/tfjs-layers': 'TensorFlow.js layers',
  '@tensorflow/tfjs-converter': 'TensorFlow.js converter',
  '@tensorflow/tfjs-backend-webgpu': 'backend webgpu',
  '@tensorflow/tfjs-backend-wasm': 'backend wasm',
  '@tensorflow/tfjs-backend-webgl': 'backend webgl',
  '@tensorflow/tfjs-backend-cpu': 'backend cpu',
  '@zip.js/zip.js': 'zip.js',
  mediabunny: 'mediabunny',
  h5wasm: 'h5wasm',
};

/** The chunks that the learning worker loads until it answers on wasm: see start-chunks.mjs. */
const ANSWERING: readonly string[] = ['worker', 'engine', 'executor', 'run-units'];

/**
 * Assigns each file that a browser may load to one group. A chunk belongs to the package that most
 * of its code is from, if that package has a group; otherwise to its page or worker, or to what the
 * learning worker answers with; otherwise to the chunks that are shared or loaded on demand.
 *
 * @param shell the files of the shell
 * @param assets the files of the build that are not chunks
 * @returns the files by name of the group
 */
export function groupFiles(
  chunks: readonly Chunk[],
  shell: readonly string[],
  assets: readonly string[],
): Map<string, string[]> {
  const fromPage = reached(chunks, ({ isEntry, name }) => isEntry && name === 'main');
  const groups = new Map<string, string[]>([['shell', [...shell]]]);
  const add = (group: string, file: string) => {
    if (!shell.includes(file)) groups.set(group, [...(groups.get(group) ?? []), file]);
  };
  for (const chunk of chunks) add(groupOf(chunk, fromPage), chunk.file);
  for (const file of assets) {
    if (file.endsWith('.wasm')) add('backend wasm, its .wasm files', file);
    if (file === 'sw.js') add('service worker', file);
  }
  return groups;
}

function groupOf(chunk: Chunk, fromPage: ReadonlySet<string>): string {
  const folders = Object.keys(chunk.packages);
  const [page, ...others] = chunk.pages;
  const packageGroup = largestGroup(chunk);
  if (packageGroup !== undefined) return packageGroup;
  if (ANSWERING.includes(chunk.name)) return 'worker, until it answers';
  if (chunk.isEntry) return `worker ${chunk.name}`;
  if (page !== undefined && others.length === 0) return `page ${page}`;
  if (folders.every((folder) => folder.endsWith('/locales'))) return `language ${chunk.name}`;
  return fromPage.has(chunk.file) ? 'pages, shared or on demand' : 'workers, shared or on demand';
}

/** The group of PACKAGE_GROUPS to which more than half of the chunk's code belongs. */
function largestGroup({ packages }: Chunk): string | undefined {
  const bytes = new Map<string | undefined, number>();
  let all = 0;
  for (const [name, length] of Object.entries(packages)) {
    const group = PACKAGE_GROUPS[name];
    bytes.set(group, (bytes.get(group) ?? 0) + length);
    all += length;
  }
  return [...bytes].find(([, length]) => 2 * length > all)?.[0];
}

/** The files of the start chunks and of all chunks that they import, also dynamically. */
function reached(chunks: readonly Chunk[], isStart: (chunk: Chunk) => boolean): Set<string> {
  const found = new Set(chunks.filter(isStart).map(({ file }) => file));
  for (const file of found) {
    const chunk = chunks.find((each) => each.file === file);
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) {
      found.add(next);
    }
  }
  return found;
}
