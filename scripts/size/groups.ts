/** A chunk as scripts/build/chunk-list.mjs writes it. */
export interface Chunk {
  /** Path from the app's folder. */
  readonly file: string;
  readonly name: string;
  /** The page's entry, `main`, or a worker's. */
  readonly isEntry: boolean;
  /** Files of the chunks that it imports. */
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  /** Bytes of code, before it is minified, by npm package or folder of src/. */
  readonly packages: Readonly<Record<string, number>>;
  /** Names of the pages whose element is in it. */
  readonly pages: readonly string[];
}

/** Packages that are groups of their own; `long` and `seedrandom` are in use by tfjs-core only. */
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
};

/**
 * Puts each file of the build that a browser may load into one group. A chunk belongs to the package
 * that most of its code is from, where that package has a group; then to its page or its worker; then
 * to what shares it or loads it on demand.
 *
 * @param shell files of the shell
 * @param assets files of the build that are no chunks
 * @returns files by the group's name
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
  if (chunk.isEntry) return `worker ${chunk.name}`;
  if (page !== undefined && others.length === 0) return `page ${page}`;
  if (folders.every((folder) => folder.endsWith('/locales'))) return `language ${chunk.name}`;
  return fromPage.has(chunk.file) ? 'pages, shared or on demand' : 'workers, shared or on demand';
}

/** The group that more than half of the chunk's code is of, if it is one of PACKAGE_GROUPS. */
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

/** The files of the chunks that such a chunk loads, now or later, itself among them. */
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
