import standard, { Mime } from "mime/lite";
import otherTypes from "mime/types/other.js";

/** Types of vendors, which most sites have none of: made when a name is not among the others. */
let other: Mime | undefined;

/**
 * Returns the content type that goes with a name's extension, or undefined where none is known.
 *
 * @param path as in `/folder/page.html`
 */
export function contentTypeOfFile(path: string): string | undefined {
  const type = standard.getType(path) ?? (other ??= new Mime(otherTypes)).getType(path);
  return type ?? undefined;
}
