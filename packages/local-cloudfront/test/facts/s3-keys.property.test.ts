import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { originId } from "../support/distribution-template.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const secret = "what lies outside the site folder";

/** The objects of the bucket, by key. */
const objects: Readonly<Record<string, string>> = {
  "index.html": "index",
  "a b.txt": "a space",
  "dir/index.html": "dir index",
  "dir/a+b.txt": "a plus",
  "50%25.txt": "a percent sign",
};

/** Returns a site folder with a secret beside it, and links that lead there. */
function siteFolder(): string {
  const home = mkdtempSync(join(tmpdir(), "local-cloudfront-keys-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const site = join(home, "site");
  for (const [key, content] of Object.entries(objects)) {
    mkdirSync(dirname(join(site, key)), { recursive: true });
    writeFileSync(join(site, key), content);
  }
  writeFileSync(join(home, "secret.txt"), secret);
  mkdirSync(join(home, "site-secret"));
  writeFileSync(join(home, "site-secret", "secret.txt"), secret);
  symlinkSync(join(home, "secret.txt"), join(site, "leak.txt"));
  symlinkSync("..", join(site, "up"));
  return site;
}

const segment = fc.oneof(
  fc.constantFrom("..", ".", "", "%2e%2e", "%2E.", "..%2f..", "%2e%2e%5c", "..\\..", "%252e%252e"),
  fc.constantFrom(
    "%00",
    "%c0%ae%c0%ae",
    "%ff",
    "+",
    "%20",
    "%25",
    "%2B",
    "~",
    "..;",
    "...",
    ":",
    "*",
  ),
  fc.constantFrom("dir", "up", "site", "site-secret", "proc", "self", "etc", "leak.txt"),
  fc.constantFrom("index.html", "secret.txt", "a+b.txt", "a%20b.txt", "a%2Bb.txt", "50%2525.txt"),
  fc
    .string({ unit: "binary", maxLength: 4 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
);
const target = fc
  .array(fc.tuple(segment, fc.constantFrom("/", "/", "/", "%2f", "%5C", "//")), { maxLength: 6 })
  .map((parts) => `/${parts.flat().join("")}`);

function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

it("CF-H-07 to CF-H-10, CF-H-23: no target gets at a file outside the site folder, and each object is at its own key", async () => {
  const { cloudfront } = await startTestCloudFront({
    files: {},
    // Nothing is cached, so that each target is resolved.
    cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 },
    options: { origins: { [originId]: siteFolder() } },
  });
  await fc.assert(
    fc.asyncProperty(target, async (path) => {
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
      const { status, body } = await sendRaw(cloudfront.url, request);
      expect(body).not.toContain(secret);
      expect([200, 400, 403, 404]).toContain(status);
      const key = decodedOnce(path.slice(1).replaceAll("+", " "));
      expect(status === 200 ? body : undefined).toBe(key === undefined ? undefined : objects[key]);
    }),
    {
      ...propertyRuns(300),
      examples: [
        ["/index.html"],
        ["/a+b.txt"],
        ["/dir/a%2Bb.txt"],
        ["/50%2525.txt"],
        ["/../secret.txt"],
        ["/%2e%2e/secret.txt"],
        ["/dir/..%2f..%2fsecret.txt"],
        ["/up/secret.txt"],
        ["/leak.txt"],
      ],
    },
  );
});
