import { registerRoute } from 'workbox-routing';
import { storeShared, SHARED_FIELD } from '../src/photos/import/shared-files.ts';

/** Where the system's share sheet posts files to; as in manifest.webmanifest. */
const ACTION = 'share-photos';

/**
 * Takes the files that another app shares, offline too, and sends the person to where their label
 * is asked for. The answer is a redirect, so that a reload does not share them again.
 */
export function takeShares(scope: string): void {
  const action = new URL(ACTION, scope);
  registerRoute(
    ({ url }) => url.origin === action.origin && url.pathname === action.pathname,
    async ({ request }) => {
      const kept = await keep(request);
      return Response.redirect(new URL(`./#/photos?shared${kept ? '' : '=failed'}`, scope), 303);
    },
    'POST',
  );
}

async function keep(request: Request): Promise<boolean> {
  try {
    const form = await request.formData();
    await storeShared(form.getAll(SHARED_FIELD).filter(isFile));
    return true;
  } catch {
    // A full disk, or a form that broke off: the page says so, and what was shared before is safe.
    return false;
  }
}

/** A form without a file posts an empty one without a name. */
function isFile(value: FormDataEntryValue): value is File {
  return value instanceof File && value.name !== '';
}
