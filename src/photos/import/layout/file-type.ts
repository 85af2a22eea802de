const PICTURE =
  /\.(jpe?g|jpe|jfif|pjpeg|png|apng|webp|hei[cf]s?|hif|avif|gif|bmp|dib|tiff?|jxl|dng|svg)$/i;
const FILM = /\.(mp4|m4v|mov|qt|webm|mkv|3gpp?|3g2|avi|mpe?g|m2?ts|ogv|wmv)$/i;
const OTHER =
  /\.(txt|md|rst|rtf|log|pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|lst|jsonl?|ndjson|xml|ya?ml|toml|ini|cfg|conf|html?|css|m?[jt]s|py|pyc|ipynb|r|m|java|c|cpp|h|sh|bat|exe|dll|mat|npy|npz|pkl|pickle|pt|pth|onnx|h5|hdf5|keras|tflite|pb|bin|weights|parquet|arrow|feather|tfrecords?|record|db|db3|sqlite3?|sql|aae|xmp|thm|srt|gpx|kml|nfo|url|lnk|webloc|mp3|wav|m4a|ogg|opus|aac|flac|tfrecords?-\d+-of-\d+|manifest|cls|cbor|rec|idx|idx\d-ubyte|lmdb|mdb|msgpack|avro|orc|meta|npmrc|labels?|names|cache|lock|sha\d*|md5|part|crdownload|license|bib|tex)$/i;
/** Documents and programs that are zips, and none that a person packed. */
const ZIPPED =
  /\.(doc[xm]|dot[xm]|xls[xmb]|ppt[xm]|pps[xm]|od[tspgf]|epub|pages|numbers|key|apk|aab|jar|war|ipa|xpi|whl|nupkg|vsix|np[yz]|km[lz]|usdz|3mf|sketch|fig|mscz)$/i;
const OTHER_NAMES =
  /^(readme|licen[cs]e|copying|changelog|authors|notice|makefile|dockerfile)(\[\d+\])?$/i;
/** An ending that names a format; of "cat.12" the end is a number. */
const ENDING = /\.[a-z]\w{0,7}$/i;

/** What a file is by its name; `unknown` may be a picture, and its bytes decide. */
export type FileType = 'picture' | 'film' | 'other' | 'unknown';

/**
 * Decides by the ending of a name, or by a whole name without one, such as README.
 *
 * @param name may have folders before it; then only the ending counts
 */
export function fileType(name: string): FileType {
  if (PICTURE.test(name)) return 'picture';
  if (FILM.test(name)) return 'film';
  const isOther = OTHER.test(name) || ZIPPED.test(name) || OTHER_NAMES.test(name);
  return isOther ? 'other' : 'unknown';
}

/** Whether a file is a document or a program that is packed as a zip, by its name. */
export function isZippedDocument(name: string): boolean {
  return ZIPPED.test(name);
}

/** Whether a name ends in a dot, a letter and up to 7 word characters. */
export function hasEnding(name: string): boolean {
  return ENDING.test(name);
}

/** A file's name without its ending. */
export function stemOf(name: string): string {
  return name.replace(ENDING, '');
}
