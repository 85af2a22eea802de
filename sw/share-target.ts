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
      const stored = await store(request);
      return Response.redirect(new URL(`./#/photos?shared${stored ? '' : '=failed'}`, scope), 303);
    },
    'POST',
  );
}

async function store(request: Request): Promise<boolean> {
  try {
    const form = await request.formData();
    await storeShared(form.getAll(SHARED_FIELD).filter(isFile));
    return true;
  } catch {
    // The disk is full, or the form is incomplete. The page reports it; earlier shares are safe.
    return false;
  }
}

/** A form without files contains an empty file without a name. */
function isFile(value: FormDataEntryValue): value is File {
  return value instanceof File && value.name !== '';
}
