import { resolve } from 'node:path';
import puppeteer, {
  type Browser,
  type ElementHandle,
  type LaunchOptions,
  type Page,
} from 'puppeteer-core';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';
import { FIREFOX } from '../../scripts/other-engines.ts';
import {
  programOf,
  PORTRAIT,
  type EngineBrowser,
  type PageFunction,
  type StartOptions,
  type WindowSize,
} from './engine-browser.ts';

/** Without a server, each file that is asked for is an error. */
const EXPECTED = /^Failed to load resource|net::ERR_|NS_ERROR_|Permissions-Policy header/;

/**
 * What Puppeteer has of WebDriver BiDi's messages and keeps to itself: its own `console` event says of
 * an Error among the arguments only that there is one, and nothing can be asked of it.
 */
interface BidiFrame {
  /** Only with WebDriver BiDi. */
  readonly browsingContext?: {
    on(type: 'log', listener: (log: { readonly entry: LogEntry }) => void): void;
  };
}

/** As WebDriver BiDi defines it; lines and columns count from 0. */
interface LogEntry {
  /** Which of the console's methods wrote it. */
  readonly method?: string;
  readonly text: string | null;
  readonly stackTrace?: {
    readonly callFrames: readonly {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    }[];
  };
}

/** Firefox over WebDriver BiDi, which it speaks by itself; or Chromium, to compare. */
export class PuppeteerBrowser implements EngineBrowser {
  readonly version: string;
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #errors: string[] = [];

  private constructor(browser: Browser, page: Page, version: string) {
    this.#browser = browser;
    this.#page = page;
    this.version = version;
    const { browsingContext } = page.mainFrame() as unknown as BidiFrame;
    if (browsingContext) {
      browsingContext.on('log', ({ entry }) => {
        if (entry.method === 'error') this.#complain(fullText(entry));
      });
    } else {
      page.on('console', (message) => {
        if (message.type() === 'error') this.#complain(message.text());
      });
    }
    page.on('pageerror', (error) => this.#complain(`Uncaught: ${String(error)}`));
  }

  static async start(
    engine: 'firefox' | 'chromium',
    options: StartOptions,
  ): Promise<PuppeteerBrowser> {
    const browser = await puppeteer.launch({
      ...(await (engine === 'firefox' ? firefox(options) : chromium(options))),
      userDataDir: resolve(options.profile),
      headless: true,
      // Trainings and imports take as long as they take; the test itself has a limit.
      protocolTimeout: 0,
    });
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    const started = new PuppeteerBrowser(browser, page, await browser.version());
    await started.resize(PORTRAIT);
    return started;
  }

  async open(address: string): Promise<void> {
    await this.#page.goto(address);
  }

  async run<A extends unknown[], R>(code: PageFunction<A, R>, ...args: A): Promise<R> {
    const program = `(function () { ${programOf(code.toString())} })(...${JSON.stringify(args)})`;
    return (await this.#page.evaluate(program)) as R;
  }

  async click(selector: string): Promise<void> {
    await (await this.#element(selector, true)).click();
  }

  async chooseFiles(selector: string, paths: readonly string[]): Promise<void> {
    const input = (await this.#element(selector, false)) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(...paths.map((path) => resolve(path)));
  }

  async resize(size: WindowSize): Promise<void> {
    await this.#page.setViewport(size);
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot());
  }

  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  #complain(text: string): void {
    if (!EXPECTED.test(text)) this.#errors.push(text);
  }

  async #element(selector: string, visible: boolean): Promise<ElementHandle> {
    const code = '(selector, visible) => find(selector, visible)';
    const args = JSON.stringify([selector, visible]);
    const handle = await this.#page.evaluateHandle(
      `(function () { ${programOf(code)} })(...${args})`,
    );
    const element = handle.asElement() as ElementHandle | null;
    if (!element) throw new Error(`No ${selector}`);
    return element;
  }
}

/** The text of a message, and where it was written. */
function fullText({ text, stackTrace }: LogEntry): string {
  const places = stackTrace?.callFrames.map(
    ({ functionName, url, lineNumber, columnNumber }) =>
      `    at ${functionName || '<anonymous>'} ${url}:${lineNumber + 1}:${columnNumber + 1}`,
  );
  return [text ?? '', ...(places ?? [])].join('\n');
}

function firefox({ downloads, dark = false, withholds }: StartOptions): LaunchOptions {
  return {
    browser: 'firefox',
    executablePath: FIREFOX,
    extraPrefsFirefox: {
      'browser.download.dir': resolve(downloads),
      // 2: the folder of that name.
      'browser.download.folderList': 2,
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'ui.prefersReducedMotion': 1,
      'ui.systemUsesDarkTheme': dark ? 1 : 0,
      'intl.accept_languages': 'en-US',
      'privacy.resistFingerprinting': withholds === 'canvas',
    },
  };
}

async function chromium({ dark = false }: StartOptions): Promise<LaunchOptions> {
  return {
    browser: 'chrome',
    executablePath: await chromiumPath(),
    args: [
      ...chromiumArgs(),
      '--force-prefers-reduced-motion',
      ...(dark ? ['--force-dark-mode'] : []),
    ],
  };
}
