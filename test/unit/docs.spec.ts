import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

/** `session/routes.ts`, `scripts/rooms/pairs.ts`: a path of at least one folder, in backticks. */
const PATH = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|json|md|css))`/g;

/** What a build makes, or what stands on a host or in a package. */
const ELSEWHERE = /^(?:dist|bases|build|node_modules)\//;

const documents = ['README.md', 'CONTRIBUTING.md'];
for (const name of await readdir('docs')) if (name.endsWith('.md')) documents.push(`docs/${name}`);

for (const document of documents) {
  test(`every file that ${document} names exists`, async () => {
    const text = await readFile(document, 'utf8');
    const named = [...text.matchAll(PATH)].map(([, path]) => path!);
    const missing = named.filter(
      (path) =>
        !ELSEWHERE.test(path) && ![path, `src/${path}`, `src/learning/${path}`].some(existsSync),
    );
    expect(missing).toEqual([]);
  });
}
