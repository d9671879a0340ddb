/** Decodes once. An encoded slash stays encoded, since it separates nothing; "" where it is malformed. */
export function decodePath(uri: string): string {
  if (uri.indexOf("%") < 0) return uri;
  try {
    return decodeURIComponent(uri.replace(/%2f/gi, "%252F"));
  } catch {
    return "";
  }
}
