import { addSource } from './hits-file.ts';
import { watchHits } from './hits.mjs';

// Each of Playwright's worker processes loads the config, which loads this.
addSource(watchHits());
