/** What stands in place of a secret. */
export const masked = "[masked]";

const cookieAttributes: ReadonlySet<string> = new Set([
  "domain",
  "expires",
  "httponly",
  "max-age",
  "partitioned",
  "path",
  "priority",
  "samesite",
  "secure",
]);

const authenticationScheme = /^(?:AWS4-HMAC-SHA256|Basic|Bearer|Digest|Negotiate)(?= )/i;

/**
 * Returns a header's value without what is secret in it: the names of cookies, the attributes of
 * Set-Cookie and the scheme of Authorization stay, since they tell what goes on.
 *
 * @param name lower-case
 */
export function maskHeaderValue(name: string, value: string): string {
  if (value === "") return value;
  switch (name) {
    case "cookie":
      return value.split(";").map(maskPair).join("; ");
    case "set-cookie": {
      const [pair = "", ...attributes] = value.split(";");
      return [maskPair(pair), ...attributes.map(maskUnknownAttribute)].join("; ");
    }
    case "authorization":
    case "proxy-authorization": {
      const scheme = authenticationScheme.exec(value)?.[0];
      return scheme === undefined ? masked : `${scheme} ${masked}`;
    }
    default:
      return masked;
  }
}

/**
 * Returns the secrets in a header's value: what `maskHeaderValue` leaves out of it.
 *
 * @param name lower-case
 */
export function secretsIn(name: string, value: string): readonly string[] {
  switch (name) {
    case "cookie":
      return value.split(";").map(valueOfPair);
    case "set-cookie":
      return value.split(";").slice(0, 1).map(valueOfPair);
    case "authorization":
    case "proxy-authorization":
      return [value.replace(authenticationScheme, "").trim()];
    default:
      return [value];
  }
}

function valueOfPair(pair: string): string {
  return pair.slice(pair.indexOf("=") + 1).trim();
}

function maskPair(pair: string): string {
  const at = pair.indexOf("=");
  return at === -1 ? masked : `${pair.slice(0, at).trim()}=${masked}`;
}

function maskUnknownAttribute(attribute: string): string {
  const [name = ""] = attribute.trim().split("=", 1);
  return cookieAttributes.has(name.toLowerCase()) ? attribute.trim() : masked;
}
