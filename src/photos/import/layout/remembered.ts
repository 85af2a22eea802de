/** Maximum number of results that are kept: a data set has some thousand names of folders at most. */
const MAX_ENTRIES = 10_000;

/**
 * The same function, which remembers its last results. In a large listing, the names of a few folders
 * and the words of the names of files come up again and again.
 *
 * @param of its results depend on the text alone, and nobody changes them
 */
export function remembered<Result>(of: (text: string) => Result): (text: string) => Result {
  let recent = new Map<string, Result>();
  let older = new Map<string, Result>();
  return (text) => {
    let result = recent.get(text);
    if (result !== undefined) return result;
    result = older.get(text) ?? of(text);
    if (recent.size >= MAX_ENTRIES / 2) [older, recent] = [recent, new Map<string, Result>()];
    recent.set(text, result);
    return result;
  };
}
