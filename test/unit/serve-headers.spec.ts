import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { HEADER_RULES, headersFor, type HeaderRule } from '../../scripts/serve/headers.ts';

/** Reads the syntax of Netlify and Cloudflare Pages: a path, then its headers, indented. */
function parseHeadersFile(text: string): HeaderRule[] {
  const rules: { path: string; headers: Record<string, string> }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      rules.push({ path: line.trim(), headers: {} });
      continue;
    }
    const [, name, value] = /^\s+([\w-]+): (.+)$/.exec(line)!;
    rules.at(-1)!.headers[name!] = value!;
  }
  return rules;
}

test('public/_headers says what npm start sends', async () => {
  const text = await readFile('public/_headers', 'utf8');
  expect(parseHeadersFile(text)).toEqual(HEADER_RULES);
});

/** What nginx sends for a path by the maps and `add_header` lines of a configuration. */
function nginxHeaders(text: string, path: string): Record<string, string> {
  const uri = path === '/' ? '/index.html' : path;
  const values = new Map(
    [...text.matchAll(/map \$uri (\$\w+) \{\n([^}]+)\}/g)].map(([, name, lines]) => {
      const cases = [...lines!.matchAll(/^ +~(\S+) "([^"]*)";$/gm)];
      const found = cases.find(([, pattern]) => new RegExp(pattern!).test(uri));
      return [name, found?.[2] ?? ''];
    }),
  );
  const added = [...text.matchAll(/^ +add_header (\S+) (?:(\$\w+)|"([^"]*)");$/gm)];
  const headers = added.map(([, name, map, value]) => [name, value ?? values.get(map)]);
  return Object.fromEntries(headers.filter(([, value]) => value !== '')) as Record<string, string>;
}

test('docs/hosting.md has nginx say what npm start sends', async () => {
  const text = await readFile('docs/hosting.md', 'utf8');
  const paths = HEADER_RULES.map(({ path }) => path.replaceAll('*', 'a-1'));
  for (const path of [...paths, '/assets/main-1.css', '/bases/x/spec.json', '/x/sw.js']) {
    expect(nginxHeaders(text, path), path).toEqual(headersFor(path));
  }
});

test('the document, the learning worker and the service worker have policies of their own', () => {
  const policy = (path: string) => headersFor(path)['Content-Security-Policy'];
  expect(policy('/')).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy('/')).toContain('trusted-types lit-html app');
  expect(policy('/index.html')).toBe(policy('/'));
  expect(policy('/assets/worker-Ab3_-9xY.js')).toContain("script-src 'self' 'wasm-unsafe-eval'");
  // The learning worker starts helper threads; no other worker starts one.
  expect(policy('/assets/worker-Ab3_-9xY.js')).toContain("worker-src 'self'");
  expect(policy('/assets/worker-Ab3_-9xY.js')).toMatch(/trusted-types app$/);
  for (const name of ['base-worker', 'export-worker', 'thread-worker', 'prepare-worker']) {
    expect(policy(`/assets/${name}-1.js`)).toContain("trusted-types 'none'");
  }
  expect(policy('/sw.js')).not.toContain('script-src');
  expect(policy('/assets/main-Ab3_-9xY.js')).toBeUndefined();
});

test('the document and every worker are cross-origin isolated, so that threads may share memory', () => {
  const embedder = (path: string) => headersFor(path)['Cross-Origin-Embedder-Policy'];
  expect(headersFor('/')['Cross-Origin-Opener-Policy']).toBe('same-origin');
  const workers = ['worker', 'base-worker', 'export-worker', 'thread-worker', 'prepare-worker'];
  for (const path of ['/', '/index.html', ...workers.map((name) => `/assets/${name}-1.js`)]) {
    expect(embedder(path), path).toBe('credentialless');
  }
});

test('hashed files are cached for good, what keeps its name is asked for again', () => {
  const caching = (path: string) => headersFor(path)['Cache-Control'];
  expect(caching('/assets/main-Ab3_-9xY.js')).toContain('immutable');
  for (const path of ['/', '/sw.js', '/manifest.webmanifest', '/bases/index.json']) {
    expect(caching(path), path).toBe('no-cache');
  }
});

test('no path gets one header from two rules', () => {
  const paths = [
    '/',
    '/index.html',
    '/sw.js',
    '/manifest.webmanifest',
    '/assets/icon-Ab3_-9xY.svg',
  ];
  for (const path of [...paths, '/bases/x/spec.json', '/assets/worker-1.js', '/assets/a.css']) {
    const sent = HEADER_RULES.filter((rule) =>
      new RegExp(`^${rule.path.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path),
    ).flatMap((rule) => Object.keys(rule.headers));
    expect(new Set(sent).size, path).toBe(sent.length);
  }
});
