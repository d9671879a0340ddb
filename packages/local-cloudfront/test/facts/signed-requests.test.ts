import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { passRequest } from "../support/function-sources.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

const publicKey = (key: KeyObject) => ({
  Type: "AWS::CloudFront::PublicKey",
  Properties: { PublicKeyConfig: { EncodedKey: key.export({ type: "spki", format: "pem" }) } },
});
const resources = {
  Rsa: publicKey(rsa.publicKey),
  Ec: publicKey(ec.publicKey),
  Group: {
    Type: "AWS::CloudFront::KeyGroup",
    Properties: { KeyGroupConfig: { Items: [{ Ref: "Rsa" }, { Ref: "Ec" }] } },
  },
};

const start = (): Promise<TestCloudFront> =>
  startTestCloudFront({
    resources,
    properties: { TrustedKeyGroups: [{ Ref: "Group" }] },
    options: { values: { Rsa: "KRSA", Ec: "KEC" } },
  });

const encode = (content: string | Uint8Array): string =>
  Buffer.from(content)
    .toString("base64")
    .replaceAll("+", "-")
    .replaceAll("=", "_")
    .replaceAll("/", "~");

interface Signing {
  readonly key?: KeyObject;
  readonly id?: string;
  readonly hash?: "sha1" | "sha256";
}

function signed(policy: string, { key = rsa.privateKey, id = "KRSA", hash = "sha1" }: Signing) {
  const signature = encode(sign(hash, Buffer.from(policy), key));
  const algorithm = hash === "sha256" ? "&Hash-Algorithm=SHA256" : "";
  return `Signature=${signature}&Key-Pair-Id=${id}${algorithm}`;
}

function canned(url: string, expires: number, signing: Signing = {}): string {
  const policy = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
  return `Expires=${expires}&${signed(policy, signing)}`;
}

function custom(Resource: string, Condition: object, signing: Signing = {}): string {
  const policy = JSON.stringify({ Statement: [{ Resource, Condition }] });
  return `Policy=${encode(policy)}&${signed(policy, signing)}`;
}

const until = (time: number) => ({ DateLessThan: { "AWS:EpochTime": time } });
const from = (time: number) => ({ DateGreaterThan: { "AWS:EpochTime": time } });
const at = (SourceIp: string) => ({ IpAddress: { "AWS:SourceIp": SourceIp } });
const now = Math.floor(Date.now() / 1000);

const denied = [403, "AccessDenied", "Access denied"] as const;

async function outcome({ get }: TestCloudFront, path: string, cookie?: string) {
  const { status, body } = await get(path, cookie === undefined ? {} : { cookie });
  const [, code, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(body) ?? [];
  return code === undefined ? [status] : [status, code, message];
}

describe("a cache behavior with key groups", () => {
  it("serves what a canned policy admits, until it expires by the clock", async () => {
    const started = await start();
    const url = `${started.cloudfront.url}/a.html`;
    const query = canned(url, now + 100);
    expect(await outcome(started, `/a.html?${query}`)).toEqual([200]);
    expect(await outcome(started, `/index.html?${query}`)).toEqual(denied);
    expect(await outcome(started, `/a.html?x=1&${query}`)).toEqual(denied);
    expect(await outcome(started, `/a.html?x=1&${canned(`${url}?x=1`, now + 100)}`)).toEqual([200]);
    started.cloudfront.clock.advance(101);
    expect(await outcome(started, `/a.html?${query}`)).toEqual(denied);
  });

  it.each<[string, Signing]>([
    ["RSA and SHA-1", {}],
    ["RSA and SHA-256", { hash: "sha256" }],
    ["ECDSA and SHA-1", { key: ec.privateKey, id: "KEC" }],
    ["ECDSA and SHA-256", { key: ec.privateKey, id: "KEC", hash: "sha256" }],
  ])("takes signatures of %s", async (_name, signing) => {
    const started = await start();
    const query = canned(`${started.cloudfront.url}/a.html`, now + 100, signing);
    expect(await outcome(started, `/a.html?${query}`)).toEqual([200]);
  });

  it.each<[string, string, object, readonly unknown[]]>([
    ["a wildcard", "*/a.*", until(now + 100), [200]],
    ["a wildcard for another path", "*/b.*", until(now + 100), denied],
    ["any scheme", "http*://*", until(now + 100), [200]],
    ["a start that has come", "*", { ...until(now + 100), ...from(now - 100) }, [200]],
    ["a start that has not come", "*", { ...until(now + 100), ...from(now + 50) }, denied],
    ["the viewer's address", "*", { ...until(now + 100), ...at("127.0.0.0/8") }, [200]],
    ["any address", "*", { ...until(now + 100), ...at("0.0.0.0/0") }, [200]],
    ["another address", "*", { ...until(now + 100), ...at("192.0.2.1") }, denied],
    ["no end", "*", from(now - 100), [403, "MalformedPolicy", "Malformed Policy"]],
  ])(
    "takes a custom policy by its conditions: %s",
    async (_name, resource, condition, expected) => {
      const started = await start();
      expect(await outcome(started, `/a.html?${custom(resource, condition)}`)).toEqual(expected);
    },
  );

  it("takes URLs that are signed for the distribution's own name", async () => {
    const started = await start();
    const { domainName } = started.cloudfront.distribution;
    const query = canned(`https://${domainName}/a.html`, now + 100);
    expect(await outcome(started, `/a.html?${query}`)).toEqual([200]);
  });

  it("takes signed cookies, after a signed URL", async () => {
    const started = await start();
    const query = custom("*", until(now + 100));
    const cookie = query
      .split("&")
      .map((pair) => `CloudFront-${pair}`)
      .join("; ");
    expect(await outcome(started, "/a.html", cookie)).toEqual([200]);
    expect(await outcome(started, "/a.html?Expires=1", cookie)).toEqual([
      403,
      "MissingKey",
      "Missing Key-Pair-Id query parameter or cookie value",
    ]);
  });

  it("refuses what is not signed, or not by one of its keys", async () => {
    const started = await start();
    const url = `${started.cloudfront.url}/a.html`;
    const unknown = canned(url, now + 100, { id: "KOTHER" });
    const wrong = canned(url, now + 100, { key: other.privateKey });
    expect(await outcome(started, "/a.html")).toEqual([
      403,
      "MissingKey",
      "Missing Key-Pair-Id query parameter or cookie value",
    ]);
    expect(await outcome(started, `/a.html?${unknown}`)).toEqual([
      403,
      "InvalidKey",
      "Unknown Key",
    ]);
    expect(await outcome(started, `/a.html?${wrong}`)).toEqual(denied);
    expect(await outcome(started, `/a.html?Expires=1&Signature=%25&Key-Pair-Id=KRSA`)).toEqual([
      403,
      "MalformedSignature",
      "Could not unencode Signature",
    ]);
  });

  it("LE-A-18: runs viewer-request for signed requests only", async () => {
    const started = await startTestCloudFront({
      resources,
      properties: { TrustedKeyGroups: [{ Ref: "Group" }] },
      functions: { "viewer-request": passRequest },
      options: { values: { Rsa: "KRSA" } },
    });
    await started.get("/a.html");
    expect(started.invoked()).toEqual([]);
    await started.get(`/a.html?${canned(`${started.cloudfront.url}/a.html`, now + 100)}`);
    expect(started.invoked()).toEqual(["viewer-request"]);
  });

  it("CF-G-47: shares cached objects between signed URLs", async () => {
    const started = await start();
    const url = `${started.cloudfront.url}/a.html`;
    await started.get(`/a.html?${canned(url, now + 100)}`);
    expect((await started.get(`/a.html?${canned(url, now + 200)}`)).xCache).toBe("Hit");
  });

  it("serves what the library signs, and refuses to sign with another key", async () => {
    const started = await start();
    const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
    const signedUrl = started.cloudfront.signedUrl("/*", pem(ec.privateKey));
    const { search } = new URL(signedUrl);
    expect(await outcome(started, `/a.html${search}`)).toEqual([200]);
    expect(() => started.cloudfront.signedUrl("/*", pem(other.privateKey))).toThrow(
      "Private key is of no public key that a cache behavior trusts: there are KRSA, KEC.",
    );
  });

  it("is closed where its keys are not known: each request is refused, and a warning says why", async () => {
    const started = await startTestCloudFront({
      properties: { TrustedKeyGroups: ["imported"], TrustedSigners: ["self"] },
    });
    const { url, warnings } = started.cloudfront;
    expect(warnings).toHaveLength(2);
    const query = canned(`${url}/a.html`, now + 100);
    expect(await outcome(started, `/a.html?${query}`)).toEqual([403, "InvalidKey", "Unknown Key"]);
    expect((await outcome(started, "/a.html"))[0]).toBe(403);
  });
});
