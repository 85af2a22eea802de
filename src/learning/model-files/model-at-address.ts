import { msg, str } from '../../i18n/msg.ts';
import { parseUrl } from '../../platform/parse-url.ts';
import { Problem } from '../../platform/problem.ts';
import { MODEL, tooLarge, type ModelSource } from './read-model.ts';

/**
 * The source of a model on the app's own server.
 *
 * @param address of its model.json or its folder
 * @throws Problem `base` for what is no address, `base-origin` for one on another server
 */
export function sourceAtAddress(address: string): ModelSource {
  const url = parseUrl(address, location.href);
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
    shard: (path, limit) => {
      const encoded = path.split('/').map(encodeURIComponent).join('/');
      return download(new URL(encoded, model), limit);
    },
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
