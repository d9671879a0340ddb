import { defineConfig } from "vite";

export default defineConfig({
  // Routes are deeper than one level, so every URL in the document is absolute.
  base: "/",
  build: {
    target: "es2024",
    // The content security policy allows neither inline scripts nor data: images.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // What CloudFront shows for a path that is no route: the app does not run there.
    rolldownOptions: { input: ["index.html", "404.html"] },
  },
});
