/**
 * Stored fields that were renamed in database version 4 and backup format 2: the old names and the
 * new ones. No record has a field of an old name with another meaning.
 */
const RENAMED: Readonly<Record<string, string>> = {
  astray: 'divergedAtEpoch',
  lesson: 'example',
  lessons: 'trainingSetHash',
  paces: 'throughputs',
  share: 'alpha',
  space: 'featureSpaceId',
};

/**
 * A copy of a record with the current field names, at every depth. Buffers and blobs are not
 * copied.
 *
 * @param stored plain data from a database before version 4 or from a backup of format 1
 */
export function withRenamedFields(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(withRenamedFields);
  if (typeof stored !== 'object' || stored === null || isBytes(stored)) return stored;
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      RENAMED[name] ?? name,
      withRenamedFields(value),
    ]),
  );
}

function isBytes(value: object): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob;
}
