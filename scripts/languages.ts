/**
 * `npm run languages` brings translations/ in step with what the source says, and writes locales/
 * out of them. With `--check` it writes nothing, and fails where something is not translated, has
 * gone from the source, loses one of its values, or is not in locales/.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigFileAndWriteSchema } from '@lit/localize-tools/lib/config.js';
import { RuntimeLitLocalizer } from '@lit/localize-tools/lib/modes/runtime.js';

type RuntimeConfig = ConstructorParameters<typeof RuntimeLitLocalizer>[0];

const config = readConfigFileAndWriteSchema('lit-localize.json') as RuntimeConfig;
const isCheck = process.argv.includes('--check');

const localizer = new RuntimeLitLocalizer(config);
const { messages, errors } = localizer.extractSourceMessages();
const problems = [
  ...errors.map(({ messageText }) => JSON.stringify(messageText)),
  ...localizer.validateTranslations().errors,
  ...untranslated(),
  ...(isCheck ? [...gone(), ...(await outdated())] : []),
];
// Not where the source was not understood: what it seems to say no more would lose its translations.
if (!isCheck && errors.length === 0) {
  await localizer.writeInterchangeFiles();
  if (localizer.validateTranslations().errors.length === 0) await localizer.build();
}
for (const problem of problems) console.error(problem);
console.log(
  `${messages.length} messages in English and ${config.targetLocales.join(', ')}; ${problems.length} problems`,
);
if (problems.length > 0) process.exitCode = 1;

/** Messages of the source that a language does not have. */
function untranslated(): string[] {
  return namesByLanguage().flatMap(([code, translated]) =>
    messages
      .filter(({ name }) => !translated.has(name))
      .map(({ name, node }) => `${code}: ${name} is not translated: ${node.getText()}`),
  );
}

/** Translations of what the source does not say any more. */
function gone(): string[] {
  const said = new Set(messages.map(({ name }) => name));
  return namesByLanguage().flatMap(([code, translated]) =>
    [...translated]
      .filter((name) => !said.has(name))
      .map((name) => `${code}: nothing says ${name} any more: run npm run languages`),
  );
}

function namesByLanguage(): [string, Set<string>][] {
  const { translations } = localizer.readTranslationsSync();
  return config.targetLocales.map((code) => [
    code,
    new Set(translations.get(code)?.map(({ name }) => name)),
  ]);
}

/** Languages whose module is not what the translations make. */
async function outdated(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-locales-'));
  try {
    const output = { ...config.output, outputDir: folder };
    await new RuntimeLitLocalizer({ ...config, output }).build();
    const problems: string[] = [];
    for (const code of config.targetLocales) {
      const [made, kept] = await Promise.all(
        [folder, config.output.outputDir].map((dir) => readFile(join(dir, `${code}.ts`), 'utf8')),
      );
      if (made !== kept) problems.push(`${code}.ts is out of date: run npm run languages`);
    }
    return problems;
  } finally {
    await rm(folder, { recursive: true });
  }
}
