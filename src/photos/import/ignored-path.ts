const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini']);

/** The folders of a path and its file's name; archives of Windows may part them by `\`. */
export function pathParts(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/** Files that nobody chose: what macOS and Windows put beside photos, and hidden ones. */
export function isIgnored(path: string): boolean {
  const parts = pathParts(path);
  const name = parts.at(-1)?.toLowerCase() ?? '';
  const isHidden = parts.some((part) => part === '__MACOSX' || /^\.[^.]/.test(part));
  return isHidden || SYSTEM_FILES.has(name);
}

/** An archive within an archive is not opened: what it unpacks to could have no end. */
export function isNestedArchive(path: string): boolean {
  return /\.(zip|tm)$/i.test(path);
}
