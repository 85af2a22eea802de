/** Time in ms for the browser to read the file before its object URL is revoked. */
const REVOKE_DELAY_MS = 60_000;

/** Saves a file as a download, under its name. */
export function saveFile(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, REVOKE_DELAY_MS);
}

/**
 * Whether the system has a share sheet that may take a file. Many desktop browsers have none; on
 * phones it sends a file to a cloud drive, mail or another phone.
 */
export function canShare(file: File): boolean {
  return navigator.canShare?.({ files: [file] }) ?? false;
}

/**
 * Opens the share sheet for a file. A sheet that refuses this type of file, as Chrome's refuses zip
 * archives, is known only now: then the file is saved instead.
 *
 * @returns false if the person closed the sheet, so that the file went nowhere
 */
export async function shareOrSave(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file], title: file.name });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return false;
    saveFile(file);
  }
  return true;
}
