import { fileURLToPath } from "node:url";
import { takeOverlayPicture, takePictures } from "./inspector-pictures.ts";
import { launchBrowser } from "./launch-browser.ts";

// Writes the pictures in the documents of local-cloudfront anew: `pnpm --filter e2e pictures`.
const docs = fileURLToPath(new URL("../../../packages/local-cloudfront/docs", import.meta.url));
const started = await launchBrowser();
if ("unavailable" in started) {
  process.stderr.write(`${started.unavailable}\n`);
  process.exitCode = 1;
} else {
  await takePictures(started.browser, docs);
  await takeOverlayPicture(started.browser, docs);
  await started.browser.close();
}
