import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Ignored by git. */
const FOLDER = 'build/interop-python';
const KERAS_MODELS = 'build/keras-models';
const REQUIREMENTS = 'scripts/interop/requirements.txt';
/** Installed without what it depends on: see test/interop/convert_keras_models.py. */
const CONVERTER = 'scripts/interop/converter.txt';
/** The versions of Python for which all packages have wheels. */
const PYTHONS = ['python3', 'python3.12', 'python3.11', 'python3.10'];

/**
 * Makes a Python environment with the readers of the exported formats, once, and says what it
 * installs.
 *
 * @param say prints a line
 * @param milliseconds after which the installation is given up; default: never
 * @returns the path of its Python; undefined, with a line that says why, where there is no Python or
 *   its packages cannot be installed
 */
export async function pythonEnvironment(
  say: (line: string) => void,
  milliseconds = 0,
): Promise<string | undefined> {
  const python = join(FOLDER, 'bin/python');
  const marker = join(FOLDER, 'installed.txt');
  const files = await Promise.all([REQUIREMENTS, CONVERTER].map((path) => readFile(path, 'utf8')));
  const wanted = files.join('');
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === wanted) return python;
  const system = await systemPython();
  if (system === undefined) {
    say('There is no Python 3.10 to 3.12 here: the JavaScript readers run alone.');
    return undefined;
  }
  say(`Installing into ${FOLDER}: ${wanted.trim().split('\n').join(', ')}`);
  try {
    await execute(system, ['-m', 'venv', FOLDER], { timeout: milliseconds });
    // Compiled when they are imported: most of the files never are.
    const options = ['--quiet', '--disable-pip-version-check', '--no-compile'];
    const patience = ['--retries', '2', '--timeout', '30'];
    const install = ['-m', 'pip', 'install', ...options, ...patience];
    const limits = { maxBuffer: 1e8, timeout: milliseconds };
    await execute(python, [...install, '-r', REQUIREMENTS], limits);
    await execute(python, [...install, '--no-deps', '-r', CONVERTER], limits);
  } catch (thrown) {
    const { stderr, killed } = thrown as { stderr?: string; killed?: boolean };
    const reason = killed
      ? `not within ${Math.round(milliseconds / 1000)} seconds`
      : (stderr ?? String(thrown)).trim().split('\n').at(-1);
    say(`The packages cannot be installed (${reason}): the JavaScript readers run alone.`);
    return undefined;
  }
  await writeFile(marker, wanted);
  return python;
}

/** Makes and converts the networks of Keras Applications with which the app is compared, once. */
export async function makeKerasModels(python: string, say: (line: string) => void): Promise<void> {
  say(`Making networks of Keras Applications in ${KERAS_MODELS}.`);
  for (const script of ['make_keras_models.py', 'convert_keras_models.py']) {
    await execute(python, [join('test/interop', script), KERAS_MODELS], { maxBuffer: 1e8 });
  }
}

async function systemPython(): Promise<string | undefined> {
  for (const name of PYTHONS) {
    const version = await execute(name, ['-c', 'import sys; print(*sys.version_info[:2])']).catch(
      () => undefined,
    );
    const [major, minor] = version?.stdout.split(' ').map(Number) ?? [];
    if (major === 3 && minor! >= 10 && minor! <= 12) return name;
  }
  return undefined;
}
