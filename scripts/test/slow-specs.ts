/**
 * The spec files whose tests take longest: about two thirds of the time of the unit tests and of the
 * fast browser tests. `npm run test:quick` leaves them out, `npm test` runs them.
 */
export const SLOW_SPECS = [
  ...[
    'archive',
    'background-training',
    'backup-of-models',
    'base-download',
    'decode',
    'engine-bases',
    'further-features',
    'hostile-imports',
    'import-films',
    'imported-models',
    'known-classes',
    'library',
    'own-bases',
    'own-bases-kept',
    'photo-export',
    'restore',
    'training',
    'video-frames',
  ].map((name) => `browser/fast/${name}.spec.ts`),
  ...[
    'backup-damaged',
    'bases-command',
    'epoch-loop-resume',
    'export-further',
    'fine-tune',
    'fine-tune-step',
    'h5-imagenet',
    'least-versions',
    'tensors-on-errors',
    'viewfinder-geometry',
    'write-backup',
  ].map((name) => `unit/${name}.spec.ts`),
];

/** The argument with which Playwright leaves them out: it looks for the pattern in path and title. */
export const WITHOUT_SLOW_SPECS = `--grep-invert=${SLOW_SPECS.join('|').replaceAll('.', '\\.')}`;
