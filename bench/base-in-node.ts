import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { readKnown } from '../src/learning/features/known-readout.ts';
import type { KnownReadout } from '../src/learning/network/readout.ts';
import { modelArtifacts } from '../src/learning/model-files/model-artifacts.ts';
import type { BaseSpec } from '../src/records/base-spec.ts';

type Spec = Pick<BaseSpec, 'name' | 'files' | 'knows' | 'featureLength'>;

/** The files of a base, on the current backend of TensorFlow.js in Node. */
export interface BaseInNode {
  readonly spec: Spec;
  readonly artifacts: io.ModelArtifacts;
  /** Present if the base knows classes. */
  readonly known: KnownReadout | undefined;
}

/** Reads a base that `npm run bases` made, or a folder with TensorFlow.js's `model.json`. */
export async function readBase(folder: string): Promise<BaseInNode> {
  const spec = await readSpec(folder);
  const { knows } = spec;
  const paths = spec.files.map(({ path }) => path);
  const files = new Map<string, ArrayBuffer>();
  for (const path of [...paths, ...(knows ? [knows.file.path] : [])]) {
    files.set(path, await bytesOf(join(folder, path)));
  }
  const known = knows && readKnown(knows, spec.featureLength, files.get(knows.file.path)!);
  return { spec, artifacts: modelArtifacts(spec, files), known };
}

async function readSpec(folder: string): Promise<Spec> {
  const text = await readFile(join(folder, 'spec.json'), 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as BaseSpec;
  const model = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as {
    readonly weightsManifest: readonly { readonly paths: readonly string[] }[];
  };
  const paths = ['model.json', ...model.weightsManifest.flatMap((group) => group.paths)];
  const files = paths.map((path) => ({ path, bytes: 0, sha256: '' }));
  return { name: folder, files, featureLength: 1280 };
}

async function bytesOf(path: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(path)).buffer;
}
