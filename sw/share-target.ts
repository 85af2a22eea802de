import { registerRoute } from 'workbox-routing';
import { storeShared, SHARED_FIELD } from '../src/photos/import/shared-files.ts';

/** The URL that the system's share sheet posts files to; the same as in manifest.webmanifest. */
const ACTION = 'share-photos';

/**
 * Stores the files that another app shares, also offline, and opens the page where they are
 * labelled. The response is a redirect, so that a reload does not share the files again.
 *
 * @param scope of the service worker
 */
export function takeShares(scope: string): void {
  const action = new URL(ACTION, scope);
  registerRoute(
    ({ url }) => url.origin === action.origin && url.pathname === action.pathname,
    async ({ request }) => {
      const result = await store(request);
      const value = result === 'stored' ? '' : `=${result}`;
      return Response.redirect(new URL(`./#/photos?shared${value}`, scope), 303);
    },
    'POST',
  );
}

/** `empty`: nothing arrived. Some versions of Chrome on Android post a form without any part. */
async function store(request: Request): Promise<'stored' | 'empty' | 'failed'> {
  let files: File[];
  try {
    const form = await request.formData();
    files = form.getAll(SHARED_FIELD).filter(isFile);
  } catch {
    // Not even the form is whole.
    return 'empty';
  }
  if (files.every(({ size }) => size === 0)) return 'empty';
  try {
    await storeShared(files);
    return 'stored';
  } catch {
    // The disk is full. The page reports it; earlier shares are safe.
    return 'failed';
  }
}

/** A form without files contains an empty file without a name. */
function isFile(value: FormDataEntryValue): value is File {
  return value instanceof File && value.name !== '';
}
