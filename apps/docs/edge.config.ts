import { defineEdgeConfig } from "edge-site";

export const edgeConfig = defineEdgeConfig({
  stackName: "docs",
  siteFolder: "dist",
  // No page loads these parts of Pagefind; the first writes styles, which the policy does not allow.
  siteFiles: { exclude: ["pagefind/pagefind-highlight.js", "pagefind/pagefind-*-ui.*"] },
  notFoundPage: "/404.html",
  hashedAssetsPattern: "/_astro/*",
  // A CloudFront Function has no room for the table of the pages.
  engine: "lambda-edge",
  functions: [
    // A page is a folder with a document: the URL that ends in a slash, to which the other one leads.
    { package: "spa-rewrite", config: { siteFiles: true, trailingSlash: "add" } },
    { package: "security-headers", config: { preset: "spa", inlineStyles: "hash" } },
  ],
  tryOut: [
    { uri: "/guides/my-spa/", shows: "a guide" },
    { uri: "/rules/le-c-04/", shows: "the page of a rule" },
    { uri: "/nowhere", shows: "the site's own page, with 404" },
  ],
  liveChecks: [
    { uri: "/", status: 200, headers: { "content-security-policy": "*" } },
    { uri: "/rules/le-c-04/", status: 200 },
    { uri: "/nowhere", status: 404, headers: { "content-security-policy": "*" } },
  ],
});
