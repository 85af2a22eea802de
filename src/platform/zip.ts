import { configure } from '@zip.js/zip.js/lib/zip-core-native.js';

// zip.js starts its workers from blob URLs, which the content security policy refuses. The
// browser's DecompressionStream keeps the work off this thread as well.
configure({ useWebWorkers: false });

export {
  BlobReader,
  Uint8ArrayReader,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
