import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import istanbul from 'istanbul-lib-coverage';
import { applyHits } from './coverage/apply-hits.ts';
import { coverageByRoom, roomTable } from './coverage/by-room.ts';
import { HITS_FOLDER } from './coverage/hits-file.ts';
import type { Hits } from './coverage/hits.mjs';
import { instrument, measuredName } from './coverage/instrument.mjs';

const REPORT_FOLDER = 'build/coverage';

/**
 * `npm run coverage`: what the tests ran of `src/` and `sw/` since the hits were cleared, by room on
 * the screen and in rooms.txt, by file in summary.json, and all of it in coverage-final.json, which
 * Istanbul's reporters read. The sources must be those that the tests ran.
 */
async function main(): Promise<void> {
  const hits = await readHits();
  const map = istanbul.createCoverageMap({});
  for (const name of await measuredFiles()) {
    const { coverage } = instrument(await readFile(name, 'utf8'), name);
    map.addFileCoverage(applyHits(coverage, hits));
  }
  // A file of types only has nothing to run.
  map.filter((name) => map.fileCoverageFor(name).toSummary().lines.total > 0);

  const byFile = Object.fromEntries(
    map.files().map((name) => [name, map.fileCoverageFor(name).toSummary().toJSON()]),
  );
  const table = roomTable(coverageByRoom(map));
  await mkdir(REPORT_FOLDER, { recursive: true });
  await writeFile(join(REPORT_FOLDER, 'summary.json'), JSON.stringify(byFile, null, 2));
  await writeFile(join(REPORT_FOLDER, 'coverage-final.json'), JSON.stringify(map));
  await writeFile(join(REPORT_FOLDER, 'rooms.txt'), `${table}\n`);
  console.log(table);
}

async function readHits(): Promise<Hits[]> {
  const names = await readdir(HITS_FOLDER);
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(HITS_FOLDER, name), 'utf8')) as Hits),
  );
}

async function measuredFiles(): Promise<string[]> {
  const folders = ['src', 'sw'].map(async (folder) => {
    const names = await readdir(folder, { recursive: true });
    return names
      .map((name) => measuredName(join(folder, name)))
      .filter((name) => name !== undefined);
  });
  return (await Promise.all(folders)).flat().sort();
}

await main();
