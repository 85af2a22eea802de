import { LearningClient } from '../learning/api/learning-client.ts';
import type { BackendName } from '../records/engine.ts';

const BACKENDS: readonly BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** The page's one learning client. `?backend=webgpu` in the address forces a backend. */
export const learning = new LearningClient({
  basesUrl: new URL('bases/', document.baseURI).href,
  ...forcedBackend(),
});

function forcedBackend(): { backend?: BackendName } {
  const asked = new URLSearchParams(location.search).get('backend');
  const backend = BACKENDS.find((name) => name === asked);
  return backend ? { backend } : {};
}
