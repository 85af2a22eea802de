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
