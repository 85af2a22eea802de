import { readFile } from 'node:fs/promises';

/**
 * Adds the content security policy of the document to `index.html`, for hosts that send no headers.
 * If there is a header too, both apply. `frame-ancestors` works only in a header.
 *
 * @param {string} headersFile in the syntax of Netlify and Cloudflare Pages
 * @returns {import('rollup').Plugin}
 */
export function metaPolicy(headersFile) {
  return {
    name: 'meta-policy',
    async generateBundle(_options, bundle) {
      const headers = await readFile(headersFile, 'utf8');
      const [, policy] = /^\/index\.html\n\s+Content-Security-Policy: (.+)$/m.exec(headers) ?? [];
      const page = bundle['index.html'];
      if (!policy || page?.type !== 'asset') return this.error('No policy, or no page for it');
      const content = policy.replace(/ ?frame-ancestors [^;]+;/, '');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${content}" />`;
      // The policy must precede everything that it applies to.
      page.source = String(page.source).replace(
        '<meta charset="utf-8" />',
        (charset) => `${charset}\n    ${meta}`,
      );
    },
  };
}
