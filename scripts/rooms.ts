import { readFile, writeFile } from 'node:fs/promises';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { ROOMS } from './rooms/allow-list.ts';
import { CRUISE_OPTIONS, importRules } from './rooms/import-rules.ts';
import { roomOf, roomPairs, unusedPairs } from './rooms/pairs.ts';
import { drawHouse, drawLearning, PICTURES, withPicture } from './rooms/pictures.ts';

/**
 * `npm run check:rooms`: every import of src/ and sw/ is one that scripts/rooms/allow-list.ts allows, there
 * is no cycle, the list allows nothing that nobody imports, and the pictures in docs/architecture.md
 * show the imports as they are. `npx tsx scripts/rooms.ts --write` draws the pictures anew.
 */
const DOCUMENT = 'docs/architecture.md';

const { output } = await cruise(['src', 'sw'], {
  ...CRUISE_OPTIONS,
  validate: true,
  ruleSet: importRules(),
});
const result = output as ICruiseResult;
const faults = result.summary.violations.map(({ rule, from, to }) =>
  rule.name === 'no-circular'
    ? `${from} and ${to} import each other`
    : `${from} (${roomOf(from)}) must not import ${to}`,
);
const pairs = roomPairs(result.modules);
for (const [from, to] of unusedPairs(ROOMS, pairs)) {
  faults.push(`scripts/rooms/allow-list.ts allows ${from} to import ${to}, and no file does`);
}

const before = await readFile(DOCUMENT, 'utf8');
const after = [
  [PICTURES.house, drawHouse(pairs)] as const,
  [PICTURES.learning, drawLearning(pairs)] as const,
].reduce((text, [name, picture]) => withPicture(text, name, picture), before);
if (process.argv.includes('--write')) await writeFile(DOCUMENT, after);
else if (after !== before) {
  faults.push(`${DOCUMENT} shows other imports: run \`npx tsx scripts/rooms.ts --write\``);
}

for (const fault of faults) console.error(fault);
const { totalCruised, totalDependenciesCruised } = result.summary;
console.log(`${totalCruised} files, ${totalDependenciesCruised} imports, ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;
