/**
 * `npm run languages` updates translations/ with the messages of the source, and generates locales/
 * from them. With `--check` it writes nothing, and fails if a message is not translated, a
 * translation is no longer used or loses a value, or locales/ is out of date.
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
// Nothing is written if the source has errors: the messages that it then lacks would lose their
// translations.
if (!isCheck && errors.length === 0) {
  await localizer.writeInterchangeFiles();
  if (localizer.validateTranslations().errors.length === 0) await localizer.build();
}
for (const problem of problems) console.error(problem);
console.log(
  `${messages.length} messages in English and ${config.targetLocales.join(', ')}; ${problems.length} problems`,
);
if (problems.length > 0) process.exitCode = 1;

/** Messages of the source that a language lacks. */
function untranslated(): string[] {
  return namesByLanguage().flatMap(([code, translated]) =>
    messages
      .filter(({ name }) => !translated.has(name))
      .map(({ name, node }) => `${code}: ${name} is not translated: ${node.getText()}`),
  );
}

/** Translations of messages that are no longer in the source. */
function gone(): string[] {
  const used = new Set(messages.map(({ name }) => name));
  return namesByLanguage().flatMap(([code, translated]) =>
    [...translated]
      .filter((name) => !used.has(name))
      .map((name) => `${code}: ${name} is no longer used: run npm run languages`),
  );
}

function namesByLanguage(): [string, Set<string>][] {
  const { translations } = localizer.readTranslationsSync();
  return config.targetLocales.map((code) => [
    code,
    new Set(translations.get(code)?.map(({ name }) => name)),
  ]);
}

/** Languages whose module in locales/ does not match the translations. */
async function outdated(): Promise<string[]> {
  const { output } = config;
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-locales-'));
  try {
    // The same localizer: another one would compile the whole source again.
    config.output = { ...output, outputDir: folder };
    await localizer.build();
    const problems: string[] = [];
    for (const code of config.targetLocales) {
      const [generated, stored] = await Promise.all(
        [folder, output.outputDir].map((dir) => readFile(join(dir, `${code}.ts`), 'utf8')),
      );
      if (generated !== stored) problems.push(`${code}.ts is out of date: run npm run languages`);
    }
    return problems;
  } finally {
    config.output = output;
    await rm(folder, { recursive: true });
  }
}
