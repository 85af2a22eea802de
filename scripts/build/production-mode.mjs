/**
 * Replaces `process.env.NODE_ENV` by "production" in packages that read it, such as Workbox. Their
 * development code is then removed, and `process`, which browsers lack, is not needed.
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
