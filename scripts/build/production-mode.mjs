/**
 * Tells packages that ask for `process.env.NODE_ENV`, as Workbox does, that this is production:
 * their development half is left out, and no `process` is missed in the browser.
 *
 * @returns {import('rollup').Plugin}
 */
export function productionMode() {
  return {
    name: 'production-mode',
    transform(code) {
      if (!code.includes('process.env.NODE_ENV')) return null;
      return { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null };
    },
  };
}
