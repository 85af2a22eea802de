/**
 * The response headers that the app needs, by path. `public/_headers` has the same headers for
 * Netlify and Cloudflare Pages, and docs/hosting.md for nginx; unit tests compare them.
 *
 * A path must not get the same header from two rules, because those hosts would send both values.
 */
export interface HeaderRule {
  /** Relative to the app's folder, such as `/sw.js`; `*` matches any text. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const REVALIDATE = { 'Cache-Control': 'no-cache' };

/**
 * Not `require-corp`: with it, WebKit too isolates the page, and then never starts the learning worker
 * (docs/browsers.md).
 */
const ISOLATED = { 'Cross-Origin-Embedder-Policy': 'credentialless' };

const DOCUMENT = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html app',
  ].join('; '),
  'Permissions-Policy':
    'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), bluetooth=(), hid=(), payment=(), display-capture=()',
  // With both, the page is cross-origin isolated: threads may share memory.
  'Cross-Origin-Opener-Policy': 'same-origin',
  ...ISOLATED,
  ...REVALIDATE,
};

/**
 * A worker does not inherit the policies of the page; the response with its script has its own. The
 * name `app` is for the one address of a helper thread (learning/network/wasm/helper-threads.ts).
 */
const LEARNING_WORKER = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types app",
  ...ISOLATED,
};

/** A worker that starts no other. */
const WORKER = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  ...ISOLATED,
};

/** The service worker fetches this app's own files, and imports no script. */
const SERVICE_WORKER = {
  'Content-Security-Policy':
    "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  ...REVALIDATE,
};

export const HEADER_RULES: readonly HeaderRule[] = [
  {
    path: '/*',
    headers: {
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    },
  },
  { path: '/', headers: DOCUMENT },
  { path: '/index.html', headers: DOCUMENT },
  { path: '/sw.js', headers: SERVICE_WORKER },
  { path: '/assets/worker-*.js', headers: LEARNING_WORKER },
  { path: '/assets/base-worker-*.js', headers: WORKER },
  { path: '/assets/export-worker-*.js', headers: WORKER },
  { path: '/assets/thread-worker-*.js', headers: WORKER },
  { path: '/assets/prepare-worker-*.js', headers: WORKER },
  // The build adds a hash of the content to each of these names.
  { path: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } },
  { path: '/bases/*', headers: REVALIDATE },
  { path: '/manifest.webmanifest', headers: REVALIDATE },
];

/** The headers of a path relative to the app's folder; `/` is its document. */
export function headersFor(path: string): Record<string, string> {
  const matching = HEADER_RULES.filter((rule) => matches(rule.path, path));
  return Object.assign({}, ...matching.map(({ headers }) => headers)) as Record<string, string>;
}

function matches(pattern: string, path: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return path === pattern;
  return path.length >= start.length + end.length && path.startsWith(start) && path.endsWith(end);
}
