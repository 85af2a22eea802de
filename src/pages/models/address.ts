/** The parsed address of the page: `#/models`, `#/models?add`, or `#/models/ID` with query parameters. */
export interface ModelsAddress {
  /** Id of the model whose result is shown; absent for the list of all models. */
  readonly modelId?: string;
  /**
   * The open cell of the confusion matrix: ids of the true (`is`) and the predicted (`said`) class.
   */
  readonly cell?: { readonly is: string; readonly said: string };
  /** Id of the model that it is compared with. */
  readonly otherId?: string;
  /** Whether the sheet opens that adds a model: `#/models?add`. */
  readonly isAdding?: true;
}

/**
 * Parses the address of the page.
 *
 * @param hash value of `location.hash`
 */
export function parseAddress(hash: string): ModelsAddress {
  const [path = '', query = ''] = hash.split('?');
  const modelId = decode(path.split('/')[2] ?? '');
  const search = new URLSearchParams(query);
  if (modelId === '') return search.has('add') ? { isAdding: true } : {};
  const [is, said, otherId] = ['is', 'said', 'with'].map((name) => search.get(name) ?? undefined);
  return {
    modelId,
    ...(is !== undefined && said !== undefined && { cell: { is, said } }),
    ...(otherId !== undefined && { otherId }),
  };
}

/**
 * Returns the part unchanged if it is not valid percent-encoding: the user may type any address.
 */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
