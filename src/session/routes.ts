/** The places of the app. They stand in the address's hash, so any static host serves them. */
export const ROUTES = ['capture', 'photos', 'train', 'live', 'models', 'settings'] as const;
export type Route = (typeof ROUTES)[number];

/** The place that an address such as `#/train` names; Capture for anything unknown. */
export function routeOf(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').split(/[/?]/)[0];
  return ROUTES.find((route) => route === name) ?? 'capture';
}

export function hrefOf(route: Route): string {
  return `#/${route}`;
}

/**
 * Address of a model's result.
 *
 * @param query what of it is open
 */
export function hrefOfModel(id: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${hrefOf('models')}/${encodeURIComponent(id)}${search && `?${search}`}`;
}
