import { hrefOf, routeOf } from '../../session/routes.ts';

/** A view of the Photos page. */
export type PhotosPlace =
  | { readonly name: 'all' | 'examine' | 'check' }
  /** One photo, in a dialog over the view. */
  | { readonly name: 'photo'; readonly photoId: string };

/**
 * The view that an address names: `#/photos`, `#/photos/examine`, `#/photos/check`, or
 * `#/photos/ID` for a photo; undefined for the address of another page.
 *
 * @param hash value of `location.hash`
 */
export function photosPlace(hash: string): PhotosPlace | undefined {
  const [path = ''] = hash.split('?');
  if (routeOf(path) !== 'photos') return undefined;
  const part = decode(path.split('/')[2] ?? '');
  if (part === '') return { name: 'all' };
  if (part === 'examine' || part === 'check') return { name: part };
  return { name: 'photo', photoId: part };
}

/** The address of a view, for a link: the reverse of `photosPlace`. */
export function hrefOfPlace(place: PhotosPlace): string {
  const root = hrefOf('photos');
  if (place.name === 'all') return root;
  return `${root}/${place.name === 'photo' ? encodeURIComponent(place.photoId) : place.name}`;
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
