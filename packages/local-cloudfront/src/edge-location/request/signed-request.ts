import { createPublicKey, verify } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { compileWildcards } from "../../distribution/compile-wildcards.ts";
import type { CacheBehavior, Distribution } from "../../distribution/distribution.ts";
import { splitAtEquals, withoutSignedUrlParameters } from "../../distribution/name-selection.ts";
import type { HttpRequest } from "../../http/http-message.ts";
import { headerValue } from "../http-headers.ts";
import type { RequestProblem } from "./viewer-request.ts";

/** What a signed URL or signed cookies carry, by the names that URLs have for it. */
type Credentials = Readonly<Record<string, string | undefined>>;

/** A statement of a policy: who may get what, until when. */
interface PolicyStatement {
  /** Absent in a policy for everything. */
  readonly resource: string | undefined;
  /** Seconds since the Unix epoch. */
  readonly before: number;
  readonly after: number | undefined;
  /** A range of IPv4 addresses. */
  readonly sourceIp: string | undefined;
}

const names = ["Policy", "Expires", "Signature", "Key-Pair-Id", "Hash-Algorithm"] as const;

/**
 * Refuses a request to a restricted cache behavior that is not signed by one of its keys, or whose
 * policy does not admit it. A signed URL comes before signed cookies.
 *
 * FIDELITY LE-A-18: AWS does not say whether signatures are checked before viewer-request: here they are.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-choosing-signed-urls-cookies.html
 */
export function refuseUnsigned(
  { trustedKeys }: CacheBehavior,
  distribution: Distribution,
  request: HttpRequest,
  protocol: "http" | "https",
  nowMs: number,
): RequestProblem | undefined {
  if (trustedKeys === undefined) return undefined;
  const credentials = credentialsOf(request);
  const keyId = credentials["Key-Pair-Id"];
  const { Policy: policy, Expires: expires, Signature: signature } = credentials;
  if (keyId === undefined) return missing("Key-Pair-Id");
  if (signature === undefined) return missing("Signature");
  if (policy === undefined && expires === undefined) return missing("Policy");
  const pem = trustedKeys.get(keyId);
  if (pem === undefined) return refused("InvalidKey", "Unknown Key");
  const bytes = decode(signature);
  if (bytes === undefined) return refused("MalformedSignature", "Could not unencode Signature");
  const urls = urlsOf(distribution, request, protocol);
  const text = policy === undefined ? undefined : decode(policy)?.toString("utf8");
  const statement = text === undefined ? undefined : readPolicy(text);
  if (policy !== undefined && statement === undefined) {
    return refused("MalformedPolicy", "Malformed Policy");
  }
  const candidates =
    text === undefined ? urls.map((url) => cannedPolicy(url, expires ?? "")) : [text];
  const hash = credentials["Hash-Algorithm"]?.toUpperCase() === "SHA256" ? "sha256" : "sha1";
  const isSigned = candidates.some((candidate) => isSignedBy(pem, hash, candidate, bytes));
  const admits =
    isSigned &&
    isAdmitted(
      statement ?? {
        resource: undefined,
        before: Number(expires),
        after: undefined,
        sourceIp: undefined,
      },
      urls,
      request.clientIp,
      nowMs,
    );
  return admits ? undefined : refused("AccessDenied", "Access denied");
}

function missing(name: string): RequestProblem {
  const code = `Missing${name === "Key-Pair-Id" ? "Key" : name}`;
  return refused(code, `Missing ${name} query parameter or cookie value`);
}

function refused(xmlCode: string, reason: string): RequestProblem {
  return { status: 403, reason, xmlCode, detailedResultType: "InvalidRequest" };
}

function credentialsOf({ querystring, headers }: HttpRequest): Credentials {
  const ofUrl = new Map(querystring.split("&").map(splitAtEquals));
  if (["Policy", "Expires", "Signature", "Key-Pair-Id"].some((name) => ofUrl.has(name))) {
    return Object.fromEntries(names.map((name) => [name, unescaped(ofUrl.get(name))]));
  }
  const cookies = new Map(
    (headers["cookie"] ?? [])
      .flatMap(({ value }) => value.split(";"))
      .map((cookie) => splitAtEquals(cookie.trim())),
  );
  return Object.fromEntries(names.map((name) => [name, cookies.get(`CloudFront-${name}`)]));
}

/** Browsers and tools escape `~` and `*`, which mean the same. */
function unescaped(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Base64 with three characters that URLs may hold; undefined where it is none. */
function decode(text: string): Buffer | undefined {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return Buffer.from(base64, "base64");
}

/** The policy that a URL with `Expires` alone stands for, to the letter. */
function cannedPolicy(url: string, expires: string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}

function readPolicy(text: string): PolicyStatement | undefined {
  try {
    const statement = JSON.parse(text).Statement[0];
    const condition = statement.Condition;
    const before = condition.DateLessThan["AWS:EpochTime"];
    const after = condition.DateGreaterThan?.["AWS:EpochTime"];
    const sourceIp = condition.IpAddress?.["AWS:SourceIp"];
    const resource = statement.Resource;
    const isRight =
      isWhole(before) &&
      (after === undefined || isWhole(after)) &&
      (sourceIp === undefined || typeof sourceIp === "string") &&
      (resource === undefined || typeof resource === "string");
    return isRight ? { resource, before, after, sourceIp } : undefined;
  } catch {
    return undefined;
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isSignedBy(pem: string, hash: string, text: string, signature: Uint8Array): boolean {
  try {
    return verify(hash, Buffer.from(text), createPublicKey(pem), signature);
  } catch {
    return false;
  }
}

function isAdmitted(
  { resource, before, after, sourceIp }: PolicyStatement,
  urls: readonly string[],
  clientIp: string,
  nowMs: number,
): boolean {
  const now = nowMs / 1000;
  // Written so that what is no number admits nothing.
  if (!(now < before)) return false;
  if (after !== undefined && !(now > after)) return false;
  if (sourceIp !== undefined && !isInRange(clientIp, sourceIp)) return false;
  return resource === undefined || urls.some(compileWildcards(resource));
}

function isInRange(address: string, range: string): boolean {
  const [network = "", bits = "32"] = range.split("/");
  const prefix = Number(bits);
  if (isIP(network) !== 4 || !Number.isInteger(prefix) || prefix < 0 || prefix > 32) return false;
  if (isIP(address) !== 4) return prefix === 0;
  const ranges = new BlockList();
  ranges.addSubnet(network, prefix);
  return ranges.check(address);
}

/**
 * The URLs that a request may be signed for: at the distribution's names as in production, and at the
 * address of this machine as a person sees it.
 */
function urlsOf(
  { domainName, aliases }: Distribution,
  { uri, querystring, headers }: HttpRequest,
  protocol: "http" | "https",
): readonly string[] {
  const query = withoutSignedUrlParameters(querystring);
  const target = `${uri}${query === "" ? "" : `?${query}`}`;
  const host = headerValue(headers, "host");
  const deployed = [domainName, ...aliases].map((name) => `${protocol}://${name}${target}`);
  const here = host === undefined ? [] : [`http://${host}${target}`, `https://${host}${target}`];
  return [...deployed, ...here];
}
