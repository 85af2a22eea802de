import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { MODEL, type ModelSource } from './read-model.ts';
import type { BaseSource } from '../../records/base-inspection.ts';

/**
 * The source from which a model is read in the browser.
 *
 * @throws Problem `base` when there is no model.json or the address is invalid, `base-origin` for
 *   an address on another server
 */
export function modelSource(source: BaseSource): ModelSource {
  return 'files' in source ? fromFiles(source.files) : fromAddress(source.url);
}

/** A model among chosen files or the files of a chosen folder; other files are ignored. */
function fromFiles(files: readonly File[]): ModelSource {
  const pathOf = (file: File) => file.webkitRelativePath || file.name;
  const jsons = files.filter((file) => /\.json$/i.test(file.name));
  const model =
    jsons.find((file) => file.name === MODEL) ?? (jsons.length === 1 ? jsons[0] : undefined);
  if (!model) {
    throw new Problem(
      'base',
      msg('There is no model.json among these files. Choose it together with its .bin files.'),
    );
  }
  const folder = pathOf(model).slice(0, -model.name.length);
  const name = folder.split('/').at(-2) ?? model.name.replace(/\.json$/i, '');
  return {
    name,
    what: `“${name}”`,
    model: (limit) => readFile(model, limit),
    shard: (path, limit) => {
      const file =
        files.find((each) => pathOf(each) === folder + path) ??
        files.find((each) => each.name === path.split('/').at(-1));
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

async function readFile(file: File, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > limit) throw tooLarge(file.name);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (thrown) {
    throw new Problem('base', msg(str`${file.name} could not be read.`), { cause: thrown });
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
