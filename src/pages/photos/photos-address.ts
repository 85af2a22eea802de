import { hrefOf, routeOf } from '../../session/routes.ts';

/** What the Photos page shows. */
export type PhotosPlace =
  | { readonly name: 'all' | 'examine' | 'check' }
  /** One photo, over the rest. */
  | { readonly name: 'photo'; readonly photoId: string };

/**
 * `#/photos`, `#/photos/examine`, `#/photos/check`, and `#/photos/ID` for a photo; undefined for an
 * address of another page.
 */
export function photosPlace(hash: string): PhotosPlace | undefined {
  const [path = ''] = hash.split('?');
  if (routeOf(path) !== 'photos') return undefined;
  const part = decode(path.split('/')[2] ?? '');
  if (part === '') return { name: 'all' };
  if (part === 'examine' || part === 'check') return { name: part };
  return { name: 'photo', photoId: part };
}

export function hrefOfPlace(place: PhotosPlace): string {
  const root = hrefOf('photos');
  if (place.name === 'all') return root;
  return `${root}/${place.name === 'photo' ? encodeURIComponent(place.photoId) : place.name}`;
}

/** A person can have typed anything. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
