/** The pages of the app. Routes are in the URL fragment, so any static host can serve the app. */
export const ROUTES = ['capture', 'photos', 'train', 'live', 'models', 'settings'] as const;
export type Route = (typeof ROUTES)[number];

/** The route of a URL fragment such as `#/train`; Capture for an unknown one. */
export function routeOf(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').split(/[/?]/)[0];
  return ROUTES.find((route) => route === name) ?? 'capture';
}

/** The link to a page, such as `#/train`. */
export function hrefOf(route: Route): string {
  return `#/${route}`;
}

/**
 * The link to the page of one model.
 *
 * @param query says which parts of the page are open
 */
export function hrefOfModel(id: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${hrefOf('models')}/${encodeURIComponent(id)}${search && `?${search}`}`;
}

/** The link to the Models page with the sheet open that adds a model. */
export function hrefOfAddModel(): string {
  return `${hrefOf('models')}?add`;
}
/** The address at which Live asks about many photos. */
export const MANY_ADDRESS = `${hrefOf('live')}?many`;
/** The address at which Settings shows how the whole library is backed up. */
export const BACKUP_ADDRESS = `${hrefOf('settings')}?backup`;
