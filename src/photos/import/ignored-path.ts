const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini']);

/** The folders of a path and the file name; archives made on Windows may separate them by `\`. */
export function pathParts(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/**
 * Whether the user did not choose this file: macOS and Windows put files beside photos, or it is
 * hidden.
 */
export function isIgnored(path: string): boolean {
  const parts = pathParts(path);
  const name = parts.at(-1)?.toLowerCase() ?? '';
  const isHidden = parts.some((part) => part === '__MACOSX' || /^\.[^.]/.test(part));
  return isHidden || SYSTEM_FILES.has(name);
}
