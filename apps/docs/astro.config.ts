import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import starlightLinksValidator from "starlight-links-validator";
import { styleAttributes } from "./integrations/style-attributes.ts";
import { guideNames } from "./pages/guide-pages.ts";
import { packageSidebar } from "./pages/documented-packages.ts";

/** What is small goes into files of its own as well: a policy then needs no hash of it. */
const inlineNothing = 0;

export default defineConfig({
  build: { inlineStylesheets: "never" },
  vite: { build: { assetsInlineLimit: inlineNothing } },
  // No picture is scaled, so that no native library is needed.
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: "cf-edge",
      description:
        "Edge functions for Amazon CloudFront: try them locally, check them, deploy them with one command.",
      credits: false,
      plugins: [starlightLinksValidator({ errorOnLocalLinks: false })],
      sidebar: [
        { label: "Guides", items: guideNames.map((name) => `guides/${name}`) },
        ...packageSidebar(),
        {
          label: "Rules of edge-check",
          collapsed: true,
          items: [{ autogenerate: { directory: "rules" } }],
        },
        {
          label: "What CloudFront does",
          collapsed: true,
          items: [{ autogenerate: { directory: "facts" } }, "fidelity"],
        },
        {
          label: "The project",
          collapsed: true,
          items: [
            "project/architecture",
            "project/glossary",
            { autogenerate: { directory: "decisions" } },
          ],
        },
      ],
    }),
    styleAttributes(),
  ],
});
