import { extname } from 'node:path';

interface ContentType {
  readonly type: string;
  /** Whether compression makes the file smaller. */
  readonly compress: boolean;
}

const text = (type: string): ContentType => ({ type: `${type}; charset=utf-8`, compress: true });
const packed = (type: string): ContentType => ({ type, compress: false });

const CONTENT_TYPES: Readonly<Record<string, ContentType>> = {
  '.html': text('text/html'),
  '.css': text('text/css'),
  '.js': text('text/javascript'),
  '.mjs': text('text/javascript'),
  '.json': text('application/json'),
  '.map': text('application/json'),
  '.webmanifest': text('application/manifest+json'),
  '.txt': text('text/plain'),
  '.svg': text('image/svg+xml'),
  '.wasm': { type: 'application/wasm', compress: true },
  '.png': packed('image/png'),
  '.jpg': packed('image/jpeg'),
  '.webp': packed('image/webp'),
  '.ico': packed('image/x-icon'),
};

/**
 * The content type by the file's extension; `application/octet-stream` for others, such as `.bin`.
 */
export function contentType(path: string): ContentType {
  return CONTENT_TYPES[extname(path).toLowerCase()] ?? packed('application/octet-stream');
}
