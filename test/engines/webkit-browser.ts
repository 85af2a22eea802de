import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Builder, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver';
import { WEBKIT_DRIVER, XVFB } from '../../scripts/other-engines.ts';
import {
  programOf,
  PORTRAIT,
  type EngineBrowser,
  type PageFunction,
  type StartOptions,
  type WindowSize,
} from './engine-browser.ts';

const WINDOW = resolve(import.meta.dirname, 'webkit-window.py');

/** What Safari has, and this port has only where it is switched on. */
const LIKE_SAFARI = [
  'AllowWebGLInWorkers',
  'FileSystem',
  'StorageAPI',
  'StorageAPIEstimate',
  'WebShare',
  'WebShareFileAPI',
];

/** What Lockdown Mode takes away of what the app uses, beside WebAssembly. */
const LOCKED_DOWN = ['CacheAPI', 'IndexedDBAPI', 'ServiceWorkers', 'WebGL', 'WebLocksAPI'];

/** This port knows no manifests; without a server, each file that is asked for is an error. */
const EXPECTED = /directive 'manifest-src'|NETWORK ERROR/;

/** WebKitGTK in a window of our own, on a screen in memory, over WebDriver. */
export class WebKitBrowser implements EngineBrowser {
  readonly version: string;
  readonly #driver: WebDriver;
  readonly #processes: readonly ChildProcess[];
  readonly #errors: string[];

  private constructor(
    driver: WebDriver,
    version: string,
    processes: readonly ChildProcess[],
    errors: string[],
  ) {
    this.#driver = driver;
    this.version = version;
    this.#processes = processes;
    this.#errors = errors;
  }

  static async start({
    profile,
    downloads,
    dark = false,
    withholds,
  }: StartOptions): Promise<WebKitBrowser> {
    const errors: string[] = [];
    const { screen, display } = await startScreen();
    const port = await freePort();
    const server = spawn(WEBKIT_DRIVER, [`--port=${port}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        DISPLAY: display,
        LANGUAGE: 'en',
        GDK_BACKEND: 'x11',
        ...(withholds && { JSC_useWasm: '0' }),
      },
    });
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (/^CONSOLE .*ERROR/.test(line) && !EXPECTED.test(line)) errors.push(line);
    });
    const processes = [server, screen];
    try {
      await untilAnswers(port);
      const args = [
        ...['--profile', resolve(profile), '--downloads', resolve(downloads)],
        ...['--features', LIKE_SAFARI.join(',')],
        ...(withholds === 'lockdown' ? ['--without', LOCKED_DOWN.join(',')] : []),
        ...(dark ? ['--dark'] : []),
      ];
      const driver = await new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(
          new Capabilities({
            browserName: 'WebKitGTK',
            'webkitgtk:browserOptions': { binary: WINDOW, args },
          }),
        )
        .build();
      const capabilities = await driver.getCapabilities();
      const version = `WebKitGTK ${capabilities.getBrowserVersion() ?? ''}`;
      const browser = new WebKitBrowser(driver, version, processes, errors);
      await browser.resize(PORTRAIT);
      return browser;
    } catch (thrown) {
      await endAll(processes);
      throw thrown;
    }
  }

  async open(address: string): Promise<void> {
    await this.#driver.get(address);
  }

  async run<A extends unknown[], R>(code: PageFunction<A, R>, ...args: A): Promise<R> {
    return this.#driver.executeScript<R>(programOf(code.toString()), ...args);
  }

  async click(selector: string): Promise<void> {
    await (await this.#element(selector, true)).click();
  }

  async chooseFiles(selector: string, paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => resolve(path)).join('\n');
    await (await this.#element(selector, false)).sendKeys(files);
  }

  async resize({ width, height }: WindowSize): Promise<void> {
    await this.#driver.manage().window().setRect({ x: 0, y: 0, width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#driver.takeScreenshot(), 'base64');
  }

  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  async close(): Promise<void> {
    await this.#driver.quit().catch(() => undefined);
    await endAll(this.#processes);
  }

  async #element(selector: string, visible: boolean): Promise<WebElement> {
    const code = '(selector, visible) => find(selector, visible)';
    const program = programOf(code);
    const element = await this.#driver.executeScript<WebElement | null>(program, selector, visible);
    if (!element) throw new Error(`No ${selector}`);
    return element;
  }
}

/** Starts an X server without a screen. @returns it, and its name as DISPLAY, such as `:3` */
async function startScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn(
    XVFB,
    ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [said] = (await Promise.race([
    once(screen.stdio[3]!, 'data'),
    once(screen, 'exit').then(() => {
      throw new Error('Xvfb does not start.');
    }),
  ])) as [Buffer];
  return { screen, display: `:${said.toString().trim()}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilAnswers(port: number): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error('WebKitWebDriver does not answer.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function endAll(processes: readonly ChildProcess[]): Promise<void> {
  for (const child of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}
