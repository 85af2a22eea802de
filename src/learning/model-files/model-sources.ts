import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { chosenFiles, type ChosenFile } from './chosen-files.ts';
import { MODEL, type ModelSource } from './read-model.ts';
import type { BaseSource } from '../../records/base-inspection.ts';

/**
 * The source from which a model is read in the browser.
 *
 * @throws Problem `base` when there is no model.json or the address is invalid, `base-origin` for
 *   an address on another server
 */
export async function modelSource(source: BaseSource): Promise<ModelSource> {
  if ('url' in source) return fromAddress(source.url);
  return fromFiles(await chosenFiles(source.files));
}

/** A model among chosen files, or those of a chosen folder or archive; other files are ignored. */
function fromFiles(files: readonly ChosenFile[]): ModelSource {
  const jsons = files.filter(({ path }) => /\.json$/i.test(path));
  const model =
    jsons.find(({ path }) => nameOf(path) === MODEL) ?? (jsons.length === 1 ? jsons[0] : undefined);
  if (!model) {
    throw new Problem(
      'base',
      msg('There is no model.json among these files. Choose it together with its .bin files.'),
    );
  }
  const modelName = nameOf(model.path);
  const folder = model.path.slice(0, -modelName.length);
  const name = folder.split('/').at(-2) ?? modelName.replace(/\.json$/i, '');
  return {
    name,
    what: `“${name}”`,
    model: (limit) => readFile(model, limit),
    shard: (path, limit) => {
      const file =
        files.find((each) => each.path === folder + path) ??
        files.find((each) => nameOf(each.path) === nameOf(path));
      if (!file) {
        throw new Problem(
          'base',
          msg(str`${path} is missing: choose it together with model.json.`),
        );
      }
      return readFile(file, limit);
    },
  };
}

const nameOf = (path: string) => path.split('/').at(-1)!;

async function readFile(
  { path, bytes, read }: ChosenFile,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = nameOf(path);
  if (bytes > limit) throw tooLarge(name);
  try {
    return await read();
  } catch (thrown) {
    throw new Problem('base', msg(str`${name} could not be read.`), { cause: thrown });
  }
}

function fromAddress(address: string): ModelSource {
  const url = URL.canParse(address, location.href) ? new URL(address, location.href) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Problem('base', msg('This is no address of a model, such as https://…/model.json.'));
  }
  if (url.origin !== location.origin) {
    throw new Problem(
      'base-origin',
      msg(
        'The app asks no other server for anything. Download the model’s files, model.json and those that end in .bin, and choose them here instead.',
      ),
      { cause: url.origin },
    );
  }
  const model = url.pathname.endsWith('.json')
    ? url
    : new URL(`${withoutTrailingSlash(url)}/${MODEL}`, url);
  const name = decodeURIComponent(model.pathname.split('/').at(-2) ?? '') || 'model';
  return {
    name,
    what: `“${name}”`,
    model: (limit) => download(model, limit),
    shard: (path, limit) => download(new URL(path, model), limit),
  };
}

const withoutTrailingSlash = ({ pathname }: URL) => pathname.replace(/\/+$/, '');

async function download(url: URL, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const path = url.pathname.split('/').at(-1)!;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const response = await fetch(url, { cache: 'no-store' });
    if (!response.ok || !response.body) throw new Error(`${response.status} for ${url.pathname}`);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) throw tooLarge(path);
      chunks.push(value);
    }
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw new Problem('base', msg(str`${path} could not be downloaded from this address.`), {
      cause: thrown,
    });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function tooLarge(name: string): Problem {
  return new Problem('base', msg(str`${name} is larger than the app takes.`));
}
