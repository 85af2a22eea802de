/**
 * The maximum size of each group of files (see groups.ts), in bytes of Brotli at level 11. The
 * budget of the shell is a promise, because a first visit waits for it. The others are the measured
 * sizes plus 5 %: a change that needs more raises a budget, and its commit message says why.
 */
export const BUDGETS: Readonly<Record<string, number>> = {
  shell: 60_000,
  'page photos': 33_400,
  'page train': 16_400,
  'page models': 21_100,
  'page live': 12_100,
  'page settings': 14_400,
  // What knows data sets is among it, loaded with the first file that is chosen.
  'pages, shared or on demand': 127_800,
  'language ar': 31_000,
  'language es': 29_700,
  'worker worker': 23_500,
  'worker base-worker': 10_000,
  'worker export-worker': 7_300,
  'worker thread-worker': 600,
  'worker prepare-worker': 500,
  'workers, shared or on demand': 98_000,
  // With what every worker that builds a base shares with it: how its topology becomes a plan.
  'TensorFlow.js core': 82_700,
  'TensorFlow.js layers': 52_900,
  'TensorFlow.js converter': 29_900,
  'backend webgpu': 55_500,
  'backend wasm': 28_000,
  'backend wasm, its .wasm files': 210_100,
  'backend webgl': 63_400,
  'backend cpu': 31_000,
  'zip.js': 45_900,
  mediabunny: 57_300,
  h5wasm: 785_000,
  'service worker': 19_200,
};
