/**
 * Returns a host name, or a URL's, in Punycode, which is what DNS, certificates and Location headers hold;
 * `undefined` where it is ASCII already, or no name at all. Labels are read one by one, so that a placeholder
 * stays as it is.
 */
export function inPunycode(hostOrUrl: string): string | undefined {
  const {
    scheme = "",
    host = hostOrUrl,
    rest = "",
  } = /^(?<scheme>https?:\/\/)(?<host>[^/?#]*)(?<rest>.*)$/isu.exec(hostOrUrl)?.groups ?? {};
  const labels = host
    .split(/[.。．｡]/u)
    .map((label) => (isAscii(label) ? label : asciiLabel(label)));
  if (isAscii(host) || labels.includes(undefined)) return undefined;
  return `${scheme}${labels.join(".")}${rest}`;
}

/** Returns the remedy for such a name as a sentence, `undefined` where it is not one. */
export function punycodeRemedy(hostOrUrl: unknown): string | undefined {
  const ascii = typeof hostOrUrl === "string" ? inPunycode(hostOrUrl) : undefined;
  return ascii === undefined
    ? undefined
    : `Write the host name in Punycode: ${JSON.stringify(ascii)}.`;
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return /^[\u0000-\u007f]*$/.test(text);
}

function asciiLabel(label: string): string | undefined {
  const [, name = "", port = ""] = /^(.*?)(:\d*)?$/su.exec(label) ?? [];
  return URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname + port : undefined;
}
