/** A size of the window, in CSS pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export const PORTRAIT: WindowSize = { width: 390, height: 844 };
export const LANDSCAPE: WindowSize = { width: 844, height: 390 };
export const DESKTOP: WindowSize = { width: 1280, height: 800 };

export interface StartOptions {
  /** What is stored is in this folder, and outlives the browser. */
  readonly profile: string;
  /** Files that the app saves arrive in this folder. */
  readonly downloads: string;
  /** Prefer the dark theme. */
  readonly dark?: boolean;
  /**
   * What the person's settings withhold. In WebKit, `lockdown` is Lockdown Mode, and `wasm` what is left of
   * it for an address that is exempt from it. In Firefox, `canvas` is resistance to fingerprinting,
   * which gives noise.
   */
  readonly withholds?: 'wasm' | 'lockdown' | 'canvas';
}

/** A function for the page: only its text goes there, so it can use nothing from around it. */
export type PageFunction<A extends unknown[], R> = (...args: A) => R | Promise<R>;

/**
 * One window of a browser, whatever its engine: what the tests of this folder need, and no more.
 * A selector finds elements in the document and in every open shadow root, in this order.
 */
export interface EngineBrowser {
  /** The engine and its version, such as `WebKitGTK 2.50.6`. */
  readonly version: string;
  /** Opens an address and waits until it is loaded. */
  open(address: string): Promise<void>;
  /** Runs a function in the page. Arguments and the result are JSON; a promise is awaited. */
  run<A extends unknown[], R>(code: PageFunction<A, R>, ...args: A): Promise<R>;
  /** Clicks the middle of the first visible match with the mouse. @throws if there is none */
  click(selector: string): Promise<void>;
  /** Answers a file input, hidden or not, as its file chooser does. @throws if there is none */
  chooseFiles(selector: string, paths: readonly string[]): Promise<void>;
  resize(size: WindowSize): Promise<void>;
  /** A PNG of the window. */
  screenshot(): Promise<Buffer>;
  /** Errors on the console since the last call. */
  takeErrors(): string[];
  close(): Promise<void>;
}

declare global {
  /**
   * In the page, for each function that EngineBrowser runs there: the first match in the document and
   * its open shadow roots.
   *
   * @param visible passes over what cannot be seen
   */
  function find(selector: string, visible: boolean): Element | undefined;
}

/**
 * The text of a program that runs `code` in the page with `find(selector, visible)` in reach.
 *
 * @returns the body of a function; its arguments are those of `code`
 */
export function programOf(code: string): string {
  // Some compilers mark inner functions with a helper of their own.
  return `const __name = (f) => f; const find = ${findInPage.toString()}; return (${code})(...arguments);`;
}

function findInPage(selector: string, visible: boolean): Element | undefined {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const match of root.querySelectorAll(selector)) {
      if (!visible || (match as HTMLElement).checkVisibility()) return match;
    }
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
  }
  return undefined;
}
