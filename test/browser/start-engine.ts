import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import type { BackendName, EngineInfo } from '../../src/records/engine.ts';

/** Starts the engine on the bases of a folder; without a backend it takes the first that it trusts. */
export function startEngine(page: Page, bases: string, backend?: BackendName): Promise<EngineInfo> {
  return page.evaluate(({ bases, backend }) => harness.startEngine(bases, backend), {
    bases,
    backend,
  });
}

/** Changes the spec of a base in a folder of bases. */
export async function editSpec(
  folder: string,
  id: string,
  edit: (spec: BaseSpec) => BaseSpec,
): Promise<void> {
  const file = join(folder, id, 'spec.json');
  const spec = JSON.parse(await readFile(file, 'utf8')) as BaseSpec;
  await writeFile(file, JSON.stringify(edit(spec)));
}
