import { compileSecurityHeaders } from "security-headers";
import { LocalCloudFront } from "local-cloudfront";
import { expect, it } from "vitest";
import { SiteInFolder } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const functions = [
  { package: "security-headers", config: compileSecurityHeaders({ preset: "static" }) },
];

it("LE-A-10: the page for what the site does not have comes with 404 and the security headers", async () => {
  using files = new SiteInFolder(["404.html"]);
  using site = synthesized({ siteFolder: files.folder, notFoundPage: "/404.html", functions });
  const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
  try {
    for (const path of ["/nowhere", "/assets/gone-BkX3f_Ab.js"]) {
      const response = await cloudfront.fetch(path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toContain("text/html");
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(await response.text()).toBe("404.html");
    }
    expect((await cloudfront.fetch("/")).status).toBe(200);
  } finally {
    await cloudfront.close();
  }
});

it("a page that the site does not have is refused", () => {
  using files = new SiteInFolder([]);
  expect(files.messages({ notFoundPage: "/404.html", functions })).toEqual([
    'notFoundPage is no file of the site: got "/404.html". Build it, or name a page that the site has.',
  ]);
});
