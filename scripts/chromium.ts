import { chromium } from '@playwright/test';
import {
  canInstallFromDebian,
  installFromDebian,
  isExecutable,
  isRoot,
} from './debian-packages.ts';
import { run } from './run-command.ts';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium that is here already: the one that the environment variable CHROMIUM names, the
 * system's, or Playwright's own.
 */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find(isExecutable);
}

/** Debian's package `chromium-headless-shell`. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/**
 * The browser for a headless test. Chromium's headless shell is the same engine without the browser's
 * own windows, and starts a page in a third of the time. It has no permission prompts, always one
 * camera, and no WebGPU, so tests of those run in the whole Chromium; so does everything where there is
 * no shell, or where the environment variable CHROMIUM names a browser.
 *
 * @throws when there is no browser and none can be installed
 */
export async function headlessPath({
  camera = 'granted',
  cameras,
  webgpu = false,
}: ChromiumOptions = {}): Promise<string> {
  const needsWhole = webgpu || camera !== 'granted' || cameras !== undefined;
  const shell = needsWhole ? undefined : findHeadlessShell();
  return shell ?? chromiumPath();
}

/** The headless shell that is here already. */
export function findHeadlessShell(): string | undefined {
  if (process.env['CHROMIUM']) return undefined;
  return isExecutable(HEADLESS_SHELL) ? HEADLESS_SHELL : undefined;
}

/**
 * Installs the Chromium that tests run in, where it is missing, and its headless shell where that can
 * be. @throws when there is no Chromium
 */
export async function installChromium(): Promise<void> {
  await chromiumPath();
  if (!canInstallFromDebian() || process.env['CHROMIUM'] || findHeadlessShell()) return;
  await installFromDebian(['chromium-headless-shell']).catch((thrown: unknown) => {
    console.log(thrown instanceof Error ? thrown.message : thrown);
    console.log('All tests run in the whole Chromium, which takes longer.');
  });
}

/**
 * A Chromium to run tests, benchmarks and icon drawing in; installs one when there is none.
 *
 * @throws when there is none and none can be installed
 */
export async function chromiumPath(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  for (const install of canInstallFromDebian()
    ? [() => installFromDebian(['chromium']), installFromPlaywright]
    : [installFromPlaywright]) {
    await install().catch((thrown: unknown) => {
      console.log(thrown instanceof Error ? thrown.message : thrown);
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error('No Chromium: name one in the environment variable CHROMIUM.');
}

async function installFromPlaywright(): Promise<void> {
  console.log('No Chromium here: downloading Playwright’s.');
  await run('npx', ['playwright', 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium']);
}

const SWIFTSHADER = ['--use-webgpu-adapter=swiftshader'];
/** Headless Chromium takes no GPU by itself. */
const VULKAN = [
  '--ignore-gpu-blocklist',
  '--enable-features=Vulkan',
  '--use-vulkan=native',
  '--use-angle=vulkan',
  '--disable-vulkan-surface',
];

/** Whether tests of WebGPU are to run on the machine's own GPU: `npm run test:gpu` says so. */
export function hasRealGpu(): boolean {
  return process.env['WEBGPU'] === 'vulkan';
}

/** What a page meets that asks for the camera: `ask` is a browser that was never asked before. */
type CameraAccess = 'granted' | 'ask' | 'denied' | 'none';

/** Few frames a second: each costs a machine without a GPU much. */
const FAKE_CAMERA_FPS = 6;

const CAMERA_PROMPT: Readonly<Record<CameraAccess, readonly string[]>> = {
  granted: ['--use-fake-ui-for-media-stream'],
  // Nobody is there to answer: a headless Chromium refuses, unless the permission was granted.
  ask: [],
  denied: ['--use-fake-ui-for-media-stream=deny'],
  none: ['--use-fake-ui-for-media-stream'],
};

export interface ChromiumOptions {
  /** `granted` by default. */
  readonly camera?: CameraAccess;
  /** How many cameras there are; 1 by default. */
  readonly cameras?: number;
  /**
   * Frames per second of the test pattern, 5 to 60. It begins anew with each browser, and a frame
   * shows its time: another rate gives other pictures, where the same ones would be stored already.
   */
  readonly fps?: number;
  /** A .y4m or .mjpeg file to be the camera's picture, in place of Chromium's test pattern. */
  readonly cameraFile?: string;
  /** Address of a proxy for all that is not this machine's own: it sees what leaves the browser. */
  readonly proxy?: string;
  /**
   * WebGPU: on a software adapter (SwiftShader), which computes what a GPU does, very slowly; on the
   * machine's own GPU where `hasRealGpu`.
   */
  readonly webgpu?: boolean;
}

/** Permissions of a browser context: the headless shell takes them from here, not from a prompt. */
export function permissionsOf({ camera = 'granted' }: ChromiumOptions = {}): {
  readonly permissions?: string[];
} {
  return camera === 'granted' ? { permissions: ['camera'] } : {};
}

/** What Chromium is started with: a camera that nobody must allow, and no traffic of its own. */
export function chromiumArgs({
  camera = 'granted',
  cameras = camera === 'none' ? 0 : undefined,
  fps = FAKE_CAMERA_FPS,
  cameraFile,
  proxy,
  webgpu,
}: ChromiumOptions = {}): string[] {
  const deviceCount = cameras === undefined ? '' : `,device-count=${cameras}`;
  return [
    // Chromium refuses its sandbox to root, which is who runs tests in a container.
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--no-first-run',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...CAMERA_PROMPT[camera],
    `--use-fake-device-for-media-stream=fps=${fps}${deviceCount}`,
    ...(cameraFile === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFile}`]),
    ...(proxy === undefined ? [] : [`--proxy-server=${proxy}`]),
    ...(webgpu ? ['--enable-unsafe-webgpu', ...(hasRealGpu() ? VULKAN : SWIFTSHADER)] : []),
  ];
}
