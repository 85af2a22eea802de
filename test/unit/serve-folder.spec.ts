import { expect, test } from '@playwright/test';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { serveFolder, type FolderServer } from '../../scripts/serve/serve-folder.ts';

const PAGE = '<!doctype html><title>Page</title>'.padEnd(4000, ' ');
const SECRET = 'not for visitors';

let root: string;
let server: FolderServer;

test.beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'serve-'));
  const dist = join(root, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await mkdir(join(dist, 'bases'));
  await writeFile(join(root, 'secret.txt'), SECRET);
  await writeFile(join(root, 'dist-secret.txt'), SECRET);
  await symlink(join(root, 'secret.txt'), join(dist, 'link.txt'));
  await writeFile(join(dist, 'index.html'), PAGE);
  await writeFile(join(dist, '_headers'), SECRET);
  await writeFile(join(dist, '.env'), SECRET);
  await writeFile(join(dist, 'sw.js'), '// service worker');
  await writeFile(join(dist, 'manifest.webmanifest'), '{}');
  await writeFile(join(dist, 'assets', 'engine-12345678.wasm'), new Uint8Array(5000));
  await writeFile(join(dist, 'bases', 'weights.bin'), new Uint8Array(5000));
  server = await serveFolder({ dir: dist });
});

test.afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

/** A response as it comes over the wire: `fetch` would normalise the path and decompress. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: server.port, path, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const headers = response.headers as Record<string, string>;
        resolve({ status: response.statusCode!, headers, body: Buffer.concat(chunks) });
      });
    }).on('error', reject);
  });
}

test('serves the page with its policy', async () => {
  const { status, headers, body } = await ask('/?backend=wasm');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['permissions-policy']).toContain('camera=(self)');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(body.toString()).toBe(PAGE);
});

test('compresses text and wasm as the browser can read them, and leaves weights alone', async () => {
  const br = await ask('/', { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
  expect(br.headers['content-encoding']).toBe('br');
  expect(br.headers['vary']).toBe('Accept-Encoding');
  expect(brotliDecompressSync(br.body).toString()).toBe(PAGE);
  const gzip = await ask('/', { headers: { 'accept-encoding': 'gzip, br;q=0' } });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body).toString()).toBe(PAGE);
  const wasm = await ask('/assets/engine-12345678.wasm', { headers: { 'accept-encoding': 'br' } });
  expect(wasm.headers).toMatchObject({
    'content-type': 'application/wasm',
    'content-encoding': 'br',
  });
  const bin = await ask('/bases/weights.bin', { headers: { 'accept-encoding': 'br' } });
  expect(bin.headers['content-type']).toBe('application/octet-stream');
  expect(bin.headers['content-encoding']).toBeUndefined();
  expect(bin.body).toHaveLength(5000);
});

test('answers 304 to its own ETag until the file changes', async () => {
  const file = join(root, 'dist', 'manifest.webmanifest');
  const first = await ask('/manifest.webmanifest');
  expect(first.headers['content-type']).toBe('application/manifest+json; charset=utf-8');
  const again = { headers: { 'if-none-match': first.headers['etag']! } };
  expect(await ask('/manifest.webmanifest', again)).toMatchObject({
    status: 304,
    body: Buffer.of(),
  });
  await writeFile(file, '{"name":"changed"}');
  expect((await ask('/manifest.webmanifest', again)).body.toString()).toBe('{"name":"changed"}');
});

test('gives a range of bytes, of the file that is meant', async () => {
  const file = join(root, 'dist', 'bases', 'range.bin');
  await writeFile(
    file,
    Uint8Array.from({ length: 1000 }, (_, i) => i % 251),
  );
  const part = (range: string, more: Record<string, string> = {}, method = 'GET') =>
    ask('/bases/range.bin', { method, headers: { range, ...more } });
  const whole = await ask('/bases/range.bin');
  expect(whole).toMatchObject({ status: 200, headers: { 'accept-ranges': 'bytes' } });

  for (const [range, start, end] of [
    ['bytes=0-', 0, 1000],
    ['bytes=600-', 600, 1000],
    ['bytes=600-699', 600, 700],
    ['bytes=990-2000', 990, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=-5000', 0, 1000],
  ] as const) {
    const { status, headers, body } = await part(range);
    expect(status, range).toBe(206);
    expect(headers, range).toMatchObject({
      'content-range': `bytes ${start}-${end - 1}/1000`,
      'content-length': String(end - start),
      etag: whole.headers['etag'],
    });
    expect(body.equals(whole.body.subarray(start, end)), range).toBe(true);
  }
  for (const range of ['bytes=1000-', 'bytes=-0']) {
    const refused = await part(range);
    expect(refused.status, range).toBe(416);
    expect(refused.headers['content-range'], range).toBe('bytes */1000');
  }
  for (const range of ['lines=0-5', 'bytes=5-2', 'bytes=-', 'bytes=0-1,5-6', 'bytes=x-']) {
    expect((await part(range)).body, range).toHaveLength(1000);
  }
  expect((await part('bytes=0-9', {}, 'HEAD')).status).toBe(200);

  const known = { 'if-range': whole.headers['etag']! };
  expect(await part('bytes=600-', known)).toMatchObject({ status: 206 });
  await writeFile(file, new Uint8Array(1000));
  const changed = await part('bytes=600-', known);
  expect(changed.status).toBe(200);
  expect(changed.body).toHaveLength(1000);
});

test('gives nothing from outside the folder', async () => {
  const paths = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fdist-secret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/link.txt',
    '/.env',
    '/_headers',
    '/%00',
    '/%',
    '/assets',
    '/assets/',
    '/missing.js',
  ];
  for (const path of paths) {
    const { status, headers, body } = await ask(path);
    expect(status, path).toBe(404);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(body.toString(), path).not.toContain(SECRET);
  }
});

test('HEAD has no body, and nothing is written', async () => {
  const head = await ask('/', { method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, body: Buffer.of() });
  expect(head.headers['content-length']).toBe('4000');
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
});

test('counts requests, lets a test answer, and serves from a subfolder', async () => {
  const other = await serveFolder({
    dir: join(root, 'dist'),
    base: '/app/',
    intercept: ({ url }, response) => {
      if (url !== '/app/broken') return false;
      response.writeHead(500).end();
      return true;
    },
  });
  expect(other.url).toBe(`http://localhost:${other.port}/app/`);
  const page = await fetch(other.url);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await fetch(new URL('/', other.url))).status).toBe(404);
  expect((await fetch(`${other.url}broken`)).status).toBe(500);
  expect(other.requests.map(({ path }) => path)).toEqual(['/app/', '/', '/app/broken']);
  await other.close();
});

test('close cuts open connections', async () => {
  const other = await serveFolder({ dir: join(root, 'dist') });
  const socket = connect(other.port, '127.0.0.1');
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  await other.close();
  await ended;
  await expect(fetch(other.url)).rejects.toThrow();
});
