/** A module worker's entry, emitted as a chunk of its own; the import gives its address. */
declare module 'worker-url:*' {
  const url: string;
  export default url;
}

/** A file emitted as it is under a hashed name; the import gives its address. */
declare module 'asset-url:*' {
  const url: string;
  export default url;
}

/** The parts of a page of its own, as texts: scripts/build/page-parts.mjs. */
declare module 'page-parts:*' {
  export const markup: string;
  export const style: string;
  export const script: string;
}

/** The version in package.json; the build puts it in (scripts/build/sources.mjs). */
declare const __APP_VERSION__: string;
