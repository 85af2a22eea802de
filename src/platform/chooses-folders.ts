/**
 * Whether a file input with `webkitdirectory` chooses a folder. Phones with iOS before 18.4 and Firefox
 * for Android before 141 choose single files only.
 */
export function choosesFolders(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype;
}
