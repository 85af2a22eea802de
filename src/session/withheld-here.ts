import { hasDatabase } from '../storage/open-database.ts';
import { safeLocalStorage } from '../platform/web-storage.ts';
import {
  blockedSiteData,
  insecureAddress,
  isInsecure,
  withoutDatabase,
  type Withheld,
} from '../platform/withheld.ts';

/** What the browser withholds from this page; undefined if the app can do its work here. */
export function withheldHere(): Withheld | undefined {
  if (isInsecure()) return insecureAddress();
  if (!hasDatabase()) return withoutDatabase();
  return safeLocalStorage.isBlocked() ? blockedSiteData() : undefined;
}
