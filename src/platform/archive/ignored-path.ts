/** Files that systems and programs, such as Google Takeout, put beside photos. A zip may turn the end of "Icon\r" into a note. */
const SYSTEM_FILE =
  /^(thumbs\.db|thumbs\.db:encryptable|ehthumbs(_vista)?\.db|desktop\.ini|_?\.?ds_store|icon[\r\n\u266a_]?|picasa\.ini|zbthumbnail\.info|syno(photo|index|video)_.*|archive_browser\.html|albumartsmall\.jpg|ntuser\..*|.*:zone\.identifier)$/i;
/** Their folders: of NAS devices, Windows, macOS and notebooks. Names with a dot are hidden anyway. */
const SYSTEM_FOLDER =
  /^(__macosx|__pycache__|@eadir|@recycle|@recently-snapshot|@tmp|@__thumb|#recycle|#snapshot|\$recycle\.bin|recycler|system volume information|lost\+found|lost\.dir|network trash folder|temporary items|found\.\d{3})$/i;

/** Deleted photos in Google Takeout; elsewhere a folder of that name may be a class. */
const TAKEOUT_TRASH =
  /^(trash|bin|papelera|corbeille|papierkorb|cestino|lixeira|prullenbak|المهملات|سلة المهملات)$/i;

/** The folders of a path and the file name; archives made on Windows may separate them by `\`. */
export function pathParts(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/**
 * Whether the user did not choose this file: a system, a NAS or a program puts it beside photos, or
 * it is hidden.
 */
export function isIgnored(path: string): boolean {
  const parts = pathParts(path);
  const name = parts.pop() ?? '';
  const isHidden = [...parts, name].some((part) => /^\.[^.]/.test(part));
  const takeout = parts.findIndex((part) => /^takeout$/i.test(part));
  const isDeleted =
    takeout >= 0 && parts.slice(takeout + 2).some((part) => TAKEOUT_TRASH.test(part));
  const isSystems = parts.some((part) => SYSTEM_FOLDER.test(part)) || SYSTEM_FILE.test(name);
  return isHidden || isDeleted || isSystems;
}
