/** Beside what is no printable ASCII, the page's table lists these. */
const encoded = /[^\u0021-\u007e]|[<>"#%{}|\\^~[\]`']/gu;

/**
 * Writes a value as it stands in an access log: URL-encoded as CloudFront does it, `-` for none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function encodeLogValue(value: string | undefined): string {
  if (value === undefined || value === "") return "-";
  return value.replaceAll(encoded, percentEncoded);
}

/** Values from the network are bytes, one a character (LE-B-18); what is none goes as UTF-8. */
function percentEncoded(character: string): string {
  const isByte = character.length === 1 && character.charCodeAt(0) <= 0xff;
  return [...Buffer.from(character, isByte ? "latin1" : "utf8")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
