/** What the address of the page asks for: `#/models`, or `#/models/ID` and what of it is open. */
export interface ModelsAddress {
  /** The model whose result is shown; the list of all without it. */
  readonly modelId?: string;
  /** The cell of the confusion matrix whose photos are shown, by ids of classes. */
  readonly cell?: { readonly is: string; readonly said: string };
  /** The model that it is compared with. */
  readonly otherId?: string;
}

/** @param hash as `location.hash` gives it */
export function parseAddress(hash: string): ModelsAddress {
  const [path = '', query = ''] = hash.split('?');
  const modelId = decode(path.split('/')[2] ?? '');
  if (modelId === '') return {};
  const search = new URLSearchParams(query);
  const [is, said, otherId] = ['is', 'said', 'with'].map((name) => search.get(name) ?? undefined);
  return {
    modelId,
    ...(is !== undefined && said !== undefined && { cell: { is, said } }),
    ...(otherId !== undefined && { otherId }),
  };
}

/** A person may have typed a `%` of their own. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
