import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    outDir: "../dist/inspector-page",
    emptyOutDir: true,
    license: { fileName: "licences.md" },
    target: ["es2024", "chrome123", "firefox121", "safari18"],
    // The content security policy allows neither inline scripts nor data: images.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
