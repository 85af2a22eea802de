import { configure } from '@zip.js/zip.js/lib/zip-core-native.js';

// Its workers come from blob addresses, which the content security policy refuses; the browser's
// own DecompressionStream keeps the work off this thread as well.
configure({ useWebWorkers: false });

export {
  BlobReader,
  ERR_ENCRYPTED,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  Uint8ArrayReader,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
