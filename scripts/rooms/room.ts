/** What the files of a room may import. */
export interface Room {
  readonly imports?: readonly string[];
  readonly packages?: readonly string[];
}

/** What every room stands on. */
export const GROUND = ['records', 'i18n', 'platform'];
