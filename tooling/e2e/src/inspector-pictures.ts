import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { templateWithFunction } from "edge-function-testing";
import { LocalCloudFront } from "local-cloudfront";
import type { Browser, Page } from "playwright-core";
import { cloudAssemblyPath } from "./cloud-assembly-path.ts";

/** A picture of the inspector. */
interface Picture {
  readonly name: string;
  /** A word of the request's URI that is shown. */
  readonly request: string;
  readonly colorScheme: "light" | "dark";
  readonly size: { readonly width: number; readonly height: number };
}

const desktop = { width: 1200, height: 780 };

/** The pictures of the inspector in the documents of local-cloudfront. */
export const pictures: readonly Picture[] = [
  { name: "inspector-hit", request: "/notes/2", colorScheme: "light", size: desktop },
  { name: "inspector-miss-dark", request: "/notes/1", colorScheme: "dark", size: desktop },
  {
    name: "inspector-phone",
    request: "/notes/2",
    colorScheme: "light",
    size: { width: 390, height: 780 },
  },
];

/** The name of the picture of the page for a failed function. */
export const overlayPicture = "error-overlay";

const failingFunction = `exports.handler = async ({ Records: [{ cf: { request } }] }) => {
  const [, session] = /session=(\\w+)/.exec(request.headers.cookie?.[0].value) ?? [];
  if (session === undefined) {
    throw new Error("The request has no session.");
  }
  return request;
};
`;

/** Takes the picture of what a browser sees of a function that fails. */
export async function takeOverlayPicture(browser: Browser, folder: string): Promise<void> {
  const site = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(site, "session"));
  writeFileSync(join(site, "session/index.js"), failingFunction);
  const template = templateWithFunction({
    code: "./session",
    eventType: "viewer-request",
    cacheBehavior: {
      ViewerProtocolPolicy: "redirect-to-https",
      // Managed-CachingOptimized
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
  });
  const assembly = join(site, "template.json");
  writeFileSync(assembly, JSON.stringify(template));
  const options = { assembly, port: 0, inspector: true, errorOverlay: true };
  const cloudfront = await LocalCloudFront.start(options);
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 680 } });
    await page.goto(cloudfront.url);
    await page.screenshot({ path: join(folder, `${overlayPicture}.png`) });
    await page.close();
  } finally {
    await cloudfront.close();
    rmSync(site, { recursive: true });
  }
}

/** Opens two notes on the local CloudFront and takes the pictures of what its inspector shows. */
export async function takePictures(browser: Browser, folder: string): Promise<void> {
  const cloudfront = await LocalCloudFront.start({
    assembly: cloudAssemblyPath,
    port: 0,
    inspector: true,
  });
  try {
    // The first requests start the functions, which is not what the pictures are about.
    await cloudfront.fetch("/notes/0");
    await cloudfront.invalidate(["/*"]);
    cloudfront.clearTraces();
    const headers = { "user-agent": "a browser" };
    for (const path of ["/notes/1", "/", "/old-blog", "/notes/2"]) {
      await (await cloudfront.fetch(path, { headers })).arrayBuffer();
    }
    for (const picture of pictures) {
      const page = await browser.newPage({
        viewport: picture.size,
        colorScheme: picture.colorScheme,
      });
      await showRequest(page, cloudfront.inspectorUrl ?? "", picture.request);
      await page.screenshot({ path: join(folder, `${picture.name}.png`) });
      await page.close();
    }
  } finally {
    await cloudfront.close();
  }
}

/** Opens the inspector and chooses the latest request whose row has a text. */
export async function showRequest(page: Page, inspectorUrl: string, text: string): Promise<void> {
  await page.goto(inspectorUrl);
  await page.getByRole("option").filter({ hasText: text }).first().click();
  await page.getByRole("article").waitFor();
}
