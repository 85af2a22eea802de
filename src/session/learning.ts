import { BaseClient } from '../learning/api/base-client.ts';
import { LearningClient } from '../learning/api/learning-client.ts';
import type { BackendName } from '../records/engine.ts';

const BACKENDS: readonly BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** Address of the folder with the base models that the app serves. */
const basesUrl = new URL('bases/', document.baseURI).href;

/** The learning client of this page. `?backend=webgpu` in the address forces a backend. */
export const learning = new LearningClient({ basesUrl, ...forcedBackend() });

/** Adds and removes the user's own base models, beside those that the app serves. */
export const ownBases = new BaseClient(basesUrl);

function forcedBackend(): { backend?: BackendName } {
  const requested = new URLSearchParams(location.search).get('backend');
  const backend = BACKENDS.find((name) => name === requested);
  return backend ? { backend } : {};
}
