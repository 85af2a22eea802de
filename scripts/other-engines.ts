import { spawnSync } from 'node:child_process';
import { canInstallFromDebian, installFromDebian, isExecutable } from './debian-packages.ts';

/** Of Debian's package `firefox-esr`. */
export const FIREFOX = '/usr/bin/firefox-esr';
/** Of Debian's package `webkit2gtk-driver`. */
export const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';
/** Of Debian's package `xvfb`: WebKitGTK has no mode without a screen. */
export const XVFB = '/usr/bin/Xvfb';
/** Of Debian's package `python3`, for which its packages are: another Python does not see them. */
const PYTHON = '/usr/bin/python3';

/** The engines beside Chromium's in which the app is tested, where they are installed. */
export type OtherEngine = 'webkit' | 'firefox';

/** Debian's packages for each engine. */
export const ENGINE_PACKAGES: Readonly<Record<OtherEngine, readonly string[]>> = {
  firefox: ['firefox-esr'],
  // A window of our own, test/engines/webkit-window.py, is written in Python.
  webkit: ['webkit2gtk-driver', 'python3-gi', 'gir1.2-webkit2-4.1', 'xvfb'],
};

/** Whether everything is here that tests in an engine need. */
export function hasEngine(engine: OtherEngine): boolean {
  if (engine === 'firefox') return isExecutable(FIREFOX);
  return [WEBKIT_DRIVER, XVFB, PYTHON].every(isExecutable) && hasWebKitForPython();
}

/** Installs the engines that are missing, where that can be; the tests in the others are skipped. */
export async function installOtherEngines(): Promise<void> {
  if (!canInstallFromDebian()) return;
  const engines = Object.keys(ENGINE_PACKAGES) as OtherEngine[];
  const missing = engines.filter((engine) => !hasEngine(engine));
  if (missing.length === 0) return;
  await installFromDebian(missing.flatMap((engine) => ENGINE_PACKAGES[engine])).catch(
    (thrown: unknown) => {
      console.log(thrown instanceof Error ? thrown.message : thrown);
      console.log(`No tests run in ${missing.join(' and ')}.`);
    },
  );
}

function hasWebKitForPython(): boolean {
  const program = 'import gi; gi.require_version("WebKit2", "4.1")';
  return spawnSync(PYTHON, ['-c', program], { stdio: 'ignore' }).status === 0;
}
