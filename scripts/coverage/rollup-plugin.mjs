import { watchHits } from './hits.mjs';
import { instrument, measuredName } from './instrument.mjs';
import { reportHits } from './report-hits.mjs';

/**
 * Under COVERAGE=1, counts what runs of the app's own code, and has each entry (the page, each
 * worker, the service worker) report it. Before any plugin that compiles TypeScript.
 *
 * @returns {import('rollup').Plugin | undefined}
 */
export function coverage() {
  if (!process.env.COVERAGE) return undefined;
  return {
    name: 'coverage',
    transform(source, id) {
      const name = measuredName(id);
      return name && { code: instrument(source, name).code, map: null };
    },
    renderChunk(code, chunk) {
      if (!chunk.isEntry) return null;
      return { code: `${code}\n;(${reportHits})((${watchHits})());\n`, map: null };
    },
  };
}
